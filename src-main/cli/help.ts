export const help = `athene: runs many coding agents at once, each in its own git worktree and terminal

  athene project add PATH [--id ID] [--trust-worktrees]
                                        add a git repository
  athene project ls | rm ID             list, forget (the repository stays)
  athene project trust ID on|off        may agents trust its worktrees without asking?
  athene spawn [ISSUE] --project P --agent A [--prompt TEXT] [--command LINE]
                                        start an agent; the last line is SESSION=<id>
  athene status [--project P] [--json]  all sessions
  athene session ls | show | output | attach | kill | remove
  athene resources [ID] [--json]        processor, memory and ports of sessions
  athene questions [ID] [--json]        what waiting agents ask
  athene answer ID CHOICE|TEXT          answer that, while it stands on the screen
  athene explain ID [--trace]           why a session is in its state
  athene report STATE | acknowledge     for agents: what the session is at
  athene send ID TEXT                   type a message into an agent's terminal
  athene events [--follow] [--search WORDS] [--json]
                                        what has happened
  athene spawns [ls] | limit N|none | cancel REQUEST
                                        who waits in line; how many agents may run at once
  athene spawns pause | resume | status
                                        refuse new sessions for a while, allow them again
  athene serve [--port N] [--json] [--open]
                                        show it all in a browser on this machine
  athene demo                           three demo agents in a sandbox project
  athene fsck [--repair]                compare what is on record with what there is
  athene hooks status|install|extensions|remove    what agents are handed so that they tell
  athene recover [--dry-run]            bring sessions into order after a crash
  athene notify list | test NAME        by which ways notices leave Athene, and whether one works
  athene rescue ls|show|restore|prune   unsaved work that removals put aside
  athene import [--apply]               take over projects and sessions of agent-orchestrator
  athene doctor                         look for what is wrong with this machine
  athene version

Each command has --help. The home is ~/.athene, or ATHENE_HOME.`;
