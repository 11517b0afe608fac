// The layer table: which room may import which, and which room is the door to an outside thing. Everything that knows about
// layers is made from it: the test, the linter's import bans, the diagram of ARCHITECTURE.md.

/** A folder, or one file that others may import although its folder is closed to them. The longest match is a file's room. */
export interface Room {
  readonly path: string;
  readonly purpose: string;
  /** Room → why it may be imported. What is not listed is forbidden. */
  readonly imports: Readonly<Record<string, string>>;
}

/** An outside thing (package or built-in) that only some rooms may import. */
export interface Door {
  readonly names: readonly string[];
  /** Folders with everything below them, files, or `folder/*` for the files that lie directly in it. */
  readonly rooms: readonly string[];
  /** What the others should do instead. */
  readonly instead: string;
}

const values = { 'src-shared/lib': 'results and scopes' };
const words = { ...values, 'src-shared/domain': 'what things are and how they may change' };
const doors = { ...words, 'src-main/lib': 'doors to the outside and their fault points' };
/** What every room of the page may use besides. */
const page = { ...words, 'src-renderer/lib': 'stores, ages, ids' };
const home = { ...doors, 'src-main/storage/paths.ts': 'where things lie in the home' };

export const rooms: readonly Room[] = [
  { path: 'src-shared/lib', purpose: 'values that everything stands on', imports: {} },
  { path: 'src-shared/rpc', purpose: 'the wire, ignorant of Athene', imports: values },
  { path: 'src-shared/domain', purpose: 'pure concepts of Athene', imports: values },
  {
    path: 'src-shared/contract',
    purpose: 'the contract: the only place that sees both domain and wire',
    imports: { ...words, 'src-shared/rpc': 'the kinds of member' },
  },

  {
    path: 'src-main/lib',
    purpose: 'doors to processes, files, git and locks',
    imports: { ...words, 'src-shared/rpc': 'frames on a socket' },
  },
  { path: 'src-main/storage/paths.ts', purpose: 'where things lie in the home', imports: doors },
  { path: 'src-main/storage', purpose: 'the door to the database; spool', imports: home },
  { path: 'src-main/plugins/agents/agent.ts', purpose: 'port: an agent program', imports: words },
  {
    path: 'src-main/plugins/runtimes/runtime.ts',
    purpose: 'port: where an agent runs',
    imports: { ...words, 'src-shared/rpc': 'the frame' },
  },
  { path: 'src-main/plugins/workspaces/workspace.ts', purpose: 'port: where files live', imports: words },
  { path: 'src-main/plugins/trackers/tracker.ts', purpose: 'port: where issues are kept', imports: words },
  { path: 'src-main/plugins/code-hosts/code-host.ts', purpose: 'port: where pull requests are', imports: words },
  { path: 'src-main/plugins/notifiers/notifier.ts', purpose: 'port: a way by which notices leave', imports: words },
  {
    path: 'src-main/pty-host/protocol',
    purpose: 'messages of the pty host',
    imports: { ...home, 'src-shared/rpc': 'the frame' },
  },
  {
    path: 'src-main/pty-host/transcript-reader.ts',
    purpose: 'reads what the pty host wrote',
    imports: { ...home, 'src-shared/rpc': 'the frame' },
  },
  {
    path: 'src-main/pty-host/transcript.ts',
    purpose: 'what the pty host writes and the mirror reads',
    imports: { ...home, 'src-shared/rpc': 'the frame', 'src-main/pty-host/transcript-reader.ts': 'the same format' },
  },
  {
    path: 'src-main/pty-host/terminal-record.ts',
    purpose: 'what is kept of a terminal that has ended',
    imports: home,
  },
  {
    path: 'src-main/pty-host',
    purpose: 'the detached process with the terminals',
    imports: {
      ...home,
      'src-shared/rpc': 'the frame',
      'src-main/pty-host/protocol': 'its own messages',
      'src-main/pty-host/terminal-record.ts': 'its own files',
      'src-main/pty-host/transcript.ts': 'its own files',
      'src-main/pty-host/transcript-reader.ts': 'its own files',
    },
  },
  {
    path: 'src-main/mirror',
    purpose: 'the process that knows how a screen looks',
    imports: {
      ...home,
      'src-shared/rpc': 'the frame',
      'src-main/pty-host/protocol': 'messages of the process that started it',
      'src-main/pty-host/transcript.ts': 'it parses transcripts',
      'src-main/pty-host/transcript-reader.ts': 'it parses transcripts',
    },
  },
  {
    path: 'src-main/plugins/agents',
    purpose: 'agent programs, declared',
    imports: { ...home, 'src-main/plugins/agents/agent.ts': 'the port' },
  },
  { path: 'src-main/plugins/agents/demo/program', purpose: 'a program of its own, started by path', imports: {} },
  {
    path: 'src-main/plugins/workspaces',
    purpose: 'where the files of a session live',
    imports: { ...home, 'src-main/plugins/workspaces/workspace.ts': 'the port' },
  },
  {
    path: 'src-main/plugins/runtimes',
    purpose: 'where an agent runs',
    imports: {
      ...home,
      'src-shared/rpc': 'the frame',
      'src-main/plugins/runtimes/runtime.ts': 'the port',
      'src-main/pty-host/protocol': 'it is the client of the pty host',
      'src-main/mirror': 'draws what is kept when no pty host runs',
      'src-main/pty-host/transcript.ts': 'reads what is kept when no pty host runs',
      'src-main/pty-host/terminal-record.ts': 'reads what is kept when no pty host runs',
    },
  },
  {
    path: 'src-main/plugins/trackers',
    purpose: 'trackers, and which one a project has',
    imports: { ...home, 'src-main/plugins/trackers/tracker.ts': 'the port' },
  },
  {
    path: 'src-main/plugins/code-hosts',
    purpose: 'code hosts, and which one a project has',
    imports: { ...home, 'src-main/plugins/code-hosts/code-host.ts': 'the port' },
  },
  {
    path: 'src-main/plugins/external',
    purpose: 'plug-ins: code of others, behind the ports',
    imports: {
      ...home,
      'src-main/plugins/agents/agent.ts': 'the port',
      'src-main/plugins/agents': 'how defined agents are told',
      'src-main/plugins/trackers/tracker.ts': 'the port',
      'src-main/plugins/code-hosts/code-host.ts': 'the port',
      'src-main/plugins/notifiers/notifier.ts': 'the port',
    },
  },
  {
    path: 'src-main/plugins/notifiers',
    purpose: 'ways by which notices leave',
    imports: { ...home, 'src-main/plugins/notifiers/notifier.ts': 'the port' },
  },
  {
    path: 'src-main/projects',
    purpose: 'registry and configuration',
    imports: {
      ...home,
      'src-main/storage': 'rows of a project',
      'src-main/plugins/agents/agent.ts': 'the port',
      'src-main/plugins/agents': 'which agents there are',
      'src-main/plugins/workspaces/workspace.ts': 'the port',
      'src-main/plugins/workspaces': 'is it a repository',
    },
  },
  {
    path: 'src-main/hooks',
    purpose: 'what is handed to agents so that they tell: wrappers, their hooks, trust',
    imports: {
      ...home,
      'src-main/storage': 'what was entered into files of agents',
      'src-main/projects': 'whether it is wanted',
      'src-main/plugins/agents': 'which agents there are',
      'src-main/plugins/agents/agent.ts': 'the port',
    },
  },
  {
    path: 'src-main/sessions',
    purpose: 'spawn, kill, send, recover',
    imports: {
      ...home,
      'src-shared/contract': 'what a spawn may answer and report',
      'src-shared/rpc': 'types of members',
      'src-main/storage': 'claims, journal and records',
      'src-main/projects': 'the project of a session',
      'src-main/hooks': 'what goes along with a launch',
      'src-main/plugins/agents/agent.ts': 'the port',
      'src-main/plugins/agents': 'which agents there are',
      'src-main/plugins/runtimes/runtime.ts': 'the port',
      'src-main/plugins/trackers/tracker.ts': 'the port',
      'src-main/plugins/code-hosts/code-host.ts': 'the port',
      'src-main/plugins/workspaces/workspace.ts': 'the port',
    },
  },
  {
    path: 'src-main/spool',
    purpose: 'takes in what hooks and wrappers wrote down',
    imports: {
      ...home,
      'src-main/storage': 'events and records',
      'src-main/projects': 'the repository of a session',
      'src-main/plugins/agents': 'which agents there are',
      'src-main/plugins/agents/agent.ts': 'the port',
    },
  },
  {
    path: 'src-main/recovery',
    purpose: 'what is done about sessions after something died',
    imports: {
      ...home,
      'src-shared/contract': 'what it answers',
      'src-shared/rpc': 'types of members',
      'src-main/storage': 'what is on record',
      'src-main/projects': 'whose names are ours',
      'src-main/sessions': 'ends, takes back and finishes',
      'src-main/lifecycle': 'writes down ends',
    },
  },
  {
    path: 'src-main/care',
    purpose: 'checks the home and brings it into order',
    imports: {
      ...home,
      'src-shared/contract': 'what it answers',
      'src-shared/rpc': 'types of members',
      'src-main/storage': 'what is on record',
      'src-main/projects': 'which repositories there are',
      'src-main/sessions': 'ends, removes and takes back',
      'src-main/spool': 'what lies there',
      'src-main/recovery': 'what it would do is a fault of the home',
      'src-main/plugins/agents/agent.ts': 'the port',
      'src-main/plugins/runtimes/runtime.ts': 'the port',
      'src-main/plugins/workspaces/workspace.ts': 'the port',
    },
  },
  {
    path: 'src-main/rescue',
    purpose: 'what removals put aside: list, restore, forget',
    imports: { ...home, 'src-main/projects': 'whose repositories hold it' },
  },
  {
    path: 'src-main/import',
    purpose: 'reads what another tool of this kind left, and changes nothing there',
    imports: {
      ...home,
      'src-main/storage': 'records',
      'src-main/projects': 'projects',
    },
  },
  {
    path: 'src-main/lifecycle',
    purpose: 'gathers facts and acts on the decision',
    imports: {
      ...home,
      'src-main/storage': 'records and events',
      'src-main/projects': 'settings of reactions',
      'src-main/sessions': 'effects: end, send, clean up',
      'src-main/plugins/agents/agent.ts': 'the port',
      'src-main/plugins/runtimes/runtime.ts': 'the port',
      'src-main/plugins/code-hosts/code-host.ts': 'the port',
      'src-main/plugins/workspaces/workspace.ts': 'the port',
    },
  },
  {
    path: 'src-main/resources',
    purpose: 'what the processes of sessions use of the machine',
    imports: {
      ...home,
      'src-main/storage': 'whose terminals there are',
      'src-main/plugins/runtimes/runtime.ts': 'the port',
    },
  },
  {
    path: 'src-main/notices',
    purpose: 'what is told of sessions to those who do not look: rows, routing, delivery',
    imports: {
      ...home,
      'src-shared/contract': 'what it answers',
      'src-shared/rpc': 'types of members',
      'src-main/storage': 'what was told',
      'src-main/projects': 'notifiers, routing, quiet hours',
      'src-main/plugins/notifiers': 'sends by them',
      'src-main/plugins/notifiers/notifier.ts': 'the port',
    },
  },
  {
    path: 'src-main/terminals',
    purpose: "one viewer's view of one terminal",
    imports: {
      ...home,
      'src-shared/rpc': 'the bytes lane',
      'src-main/storage': 'rows of terminals',
      'src-main/plugins/runtimes/runtime.ts': 'the port',
    },
  },
  {
    path: 'src-main/host',
    purpose: 'composition root',
    imports: {
      ...home,
      'src-shared/rpc': 'serves it',
      'src-shared/contract': 'implements it',
      'src-main/storage': 'composes it',
      'src-main/projects': 'composes it',
      'src-main/sessions': 'composes it',
      'src-main/lifecycle': 'composes it',
      'src-main/terminals': 'composes it',
      'src-main/notices': 'composes it',
      'src-main/plugins/notifiers': 'types of its surroundings',
      'src-main/plugins/agents': 'chooses them',
      'src-main/plugins/agents/agent.ts': 'the port',
      'src-main/plugins/runtimes': 'chooses them',
      'src-main/plugins/runtimes/runtime.ts': 'the port',
      'src-main/plugins/workspaces': 'chooses them',
      'src-main/plugins/workspaces/workspace.ts': 'the port',
      'src-main/plugins/trackers': 'chooses them',
      'src-main/plugins/code-hosts': 'chooses them',
      'src-main/plugins/external': 'chooses them',
      'src-main/care': 'composes it',
      'src-main/spool': 'composes it',
      'src-main/hooks': 'composes it',
      'src-main/import': 'composes it',
      'src-main/rescue': 'composes it',
      'src-main/recovery': 'composes it',
      'src-main/resources': 'composes it',
    },
  },
  {
    path: 'src-main/server/static-files.ts',
    purpose: 'the built screen, read from one directory',
    imports: doors,
  },
  { path: 'src-main/server/security-headers.ts', purpose: 'what every answer carries', imports: {} },
  {
    path: 'src-main/server',
    purpose: 'the browser host',
    imports: {
      ...home,
      'src-main/server/static-files.ts': 'serves them',
      'src-main/server/security-headers.ts': 'sends them',
      'src-shared/rpc': 'a transport',
      'src-shared/contract': 'what it serves',
      'src-main/host': 'what it serves',
    },
  },
  {
    path: 'src-main/cli',
    purpose: 'the athene command',
    imports: {
      ...home,
      'src-shared/rpc': 'attach reads the bytes lane',
      'src-shared/contract': 'the words of its output',
      'src-main/host': 'runs a host in its own process',
      'src-main/plugins/runtimes/runtime.ts': 'types: attach speaks to a terminal',
      'src-main/server': 'athene serve',
    },
  },
  {
    path: 'src-main/electron/preload',
    purpose: 'the script between a page and the desktop app',
    imports: { 'src-shared/domain': 'the words of the bridge' },
  },
  { path: 'src-main/electron/announcement.ts', purpose: 'lines that the app prints for its starter', imports: {} },
  { path: 'src-main/electron/dev-url.ts', purpose: "the development server's address", imports: {} },
  {
    path: 'src-main/electron',
    purpose: 'the desktop app: windows, tray, menu, notifications around a host',
    imports: {
      ...home,
      'src-shared/rpc': 'a transport',
      'src-shared/contract': 'what it serves',
      'src-main/host': 'what it serves',
      'src-main/server/static-files.ts': 'the same screen',
      'src-main/server/security-headers.ts': 'the same policy',
      'src-main/electron/announcement.ts': 'prints them',
      'src-main/electron/dev-url.ts': 'loads it',
    },
  },

  { path: 'src-renderer/lib', purpose: 'stores, ages, ids', imports: words },
  { path: 'src-renderer/styles', purpose: 'tokens', imports: {} },
  { path: 'src-renderer/text.ts', purpose: 'every word on the screen', imports: words },
  {
    path: 'src-renderer/components',
    purpose: 'styled parts that know nothing of ours',
    imports: { ...page, 'src-renderer/styles': 'tokens', 'src-renderer/text.ts': 'words on the screen' },
  },
  {
    path: 'src-renderer/connection',
    purpose: 'the one way out',
    imports: { ...page, 'src-shared/rpc': 'transports', 'src-shared/contract': 'what it connects to' },
  },
  {
    path: 'src-renderer/state',
    purpose: 'mirrors of feeds, without React',
    imports: {
      ...page,
      'src-shared/contract': 'types of members',
      'src-shared/rpc': 'types of members',
      'src-renderer/connection': 'where the feeds come from',
      'src-renderer/text.ts': 'words on the screen',
    },
  },
  {
    path: 'src-renderer/terminal',
    purpose: 'the door to xterm',
    imports: {
      ...page,
      'src-shared/rpc': 'the bytes lane',
      'src-shared/contract': 'types of members',
      'src-renderer/connection': 'the bytes lane',
      'src-renderer/state': 'view state',
      'src-renderer/styles': 'tokens',
      'src-renderer/text.ts': 'words on the screen',
    },
  },
  {
    path: 'src-renderer/features',
    purpose: 'what people do',
    imports: {
      ...page,
      'src-shared/contract': 'types of members',
      'src-renderer/components': 'styled parts',
      'src-renderer/connection': 'calls',
      'src-renderer/state': 'what to show',
      'src-renderer/styles': 'tokens',
      'src-renderer/text.ts': 'words on the screen',
      'src-renderer/terminal': 'shows it',
    },
  },
  {
    path: 'src-renderer',
    purpose: 'the page: puts the rooms together',
    imports: {
      ...page,
      'src-shared/contract': 'types of members',
      'src-renderer/components': 'styled parts',
      'src-renderer/connection': 'opens it',
      'src-renderer/features': 'shows them',
      'src-renderer/state': 'opens it',
      'src-renderer/styles': 'loads them',
      'src-renderer/text.ts': 'words on the screen',
      'src-renderer/terminal': 'loads its font',
    },
  },

  {
    path: 'src-renderer/dev',
    purpose: 'the page over a made-up host; never shipped',
    imports: {
      ...page,
      'src-renderer': 'shows it',
      'src-shared/contract': 'what it makes up',
      'src-shared/rpc': 'a transport in memory',
      'src-renderer/connection': 'opens it',
      'src-renderer/state': 'opens it',
    },
  },

  { path: 'e2e/hosts/electron-binary.ts', purpose: 'whether Electron itself can be run here', imports: {} },
  {
    path: 'e2e',
    purpose: 'touches only what a user can touch',
    imports: { 'e2e/hosts/electron-binary.ts': 'one of its hosts' },
  },
  {
    path: 'e2e/agents',
    purpose: 'a world with real agents in it',
    imports: {
      e2e: 'the world, and the scripted model',
      'src-shared/domain': 'what a screen asks, as Athene reads it',
      'src-main/host': 'looks at terminals, and types',
      'src-main/storage': 'records',
    },
  },
  {
    path: 'build',
    purpose: 'start, test, build, package',
    imports: {
      'src-main/lib': 'the manifest of the programs that a package ships',
      'src-main/storage': 'what is the same in every process of one build',
      'src-main/electron/announcement.ts': 'waits for them',
      'src-main/electron/dev-url.ts': 'hands it over',
      'e2e/hosts/electron-binary.ts': 'tells which hosts are tested',
    },
  },
  {
    path: 'build/bench',
    purpose: 'benchmarks',
    imports: {
      ...home,
      build: 'where the checkout stands',
      'src-shared/rpc': 'the bytes lane',
      'src-main/host': 'what is measured',
      'src-main/hooks': 'what is measured',
      'src-main/resources': 'what is measured',
      'src-main/storage': 'rows of what is measured',
      'src-main/plugins/runtimes': 'what is measured',
      'src-main/plugins/runtimes/runtime.ts': 'the port',
    },
  },
];

/** Rooms whose code runs on Node. */
const node = ['src-main', 'build', 'e2e'];
const programs = ['src-main/plugins/agents/demo/program', 'build', 'e2e'];

/** Everything from outside that may be imported at all. A name covers its sub-paths: `ws` is also `ws/x`. */
export const outside: readonly Door[] = [
  {
    names: ['node-pty'],
    rooms: ['src-main/pty-host', 'build/bench'],
    instead:
      'create terminals through a Runtime (src-main/plugins/runtimes/runtime.ts): agents must outlive this process',
  },
  {
    names: ['node:sqlite'],
    rooms: ['src-main/storage', 'src-main/lib/kernel-lock.ts'],
    instead: 'add a function to a table of src-main/storage: a second way to the database drops locks',
  },
  {
    names: ['node:zlib'],
    rooms: ['src-main/storage/seal.ts'],
    instead: 'nothing else of it is needed: what Athene packs or hashes goes through src-main/lib or node:crypto',
  },
  {
    names: ['node:child_process', 'node:cluster', 'node:worker_threads'],
    rooms: ['src-main/lib', ...programs],
    instead: 'start processes through src-main/lib: it counts fault points and keeps our secrets from children',
  },
  {
    names: ['node:fs', 'node:fs/promises'],
    rooms: [
      'src-main/lib',
      'src-main/storage',
      'src-main/pty-host',
      'src-main/mirror',
      'src-main/server/static-files.ts',
      ...programs,
    ],
    instead: 'use src-main/lib/files.ts: private modes, whole writes, fault points',
  },
  {
    names: ['node:vm'],
    rooms: ['src-main/electron/hardening'],
    instead: 'only a test runs the built preload so: code from outside is never run here',
  },
  {
    names: ['node:net'],
    rooms: ['src-main/lib', 'src-main/pty-host', 'src-main/plugins/runtimes', 'src-main/mirror', 'build', 'e2e'],
    instead: 'talk to the pty host through a Runtime; nothing else listens or dials',
  },
  {
    names: ['node:http', 'node:https', 'node:http2', 'node:tls', 'node:dgram'],
    rooms: ['src-main/server', 'src-main/lib/http.ts', 'build', 'e2e'],
    instead: 'src-main/server listens, on loopback; whatever is sent to the web goes through src-main/lib/http.ts',
  },
  {
    names: ['ws'],
    rooms: ['src-main/server', 'e2e'],
    instead: 'use a transport of src-shared/rpc',
  },
  {
    names: ['@xterm/headless', '@xterm/addon-unicode11'],
    rooms: ['src-main/mirror', 'src-renderer/terminal'],
    instead: 'ask the Runtime for the screen: parsing slows every other process',
  },
  {
    names: ['@xterm/xterm', '@xterm/addon-webgl'],
    rooms: ['src-renderer/terminal'],
    instead: 'show a terminal with src-renderer/terminal: it owns budgets and guards',
  },
  {
    names: ['electron'],
    rooms: ['src-main/electron', 'e2e/hosts'],
    instead: 'the host is plain Node: put it into src-main/electron',
  },
  {
    names: ['re2js'],
    rooms: ['src-main/lib/linear-pattern.ts'],
    instead: 'make a pattern that a person wrote by src-main/lib/linear-pattern.ts',
  },
  {
    names: ['yaml'],
    rooms: ['src-main/projects', 'src-main/storage', 'src-main/import/read-configuration.ts'],
    instead: 'read settings through src-main/projects: config.yaml keeps its comments',
  },
  {
    names: ['react', 'react-dom', 'radix-ui', 'lucide-react'],
    rooms: ['src-renderer/components', 'src-renderer/features', 'src-renderer/terminal', 'src-renderer/*'],
    instead: 'state and connection know no React: subscribe to them from features',
  },
  { names: ['jetbrains-mono'], rooms: ['src-renderer'], instead: 'only the page loads fonts' },
  { names: ['tailwindcss'], rooms: ['src-renderer/styles'], instead: 'use the tokens of src-renderer/styles' },
  {
    names: ['zod'],
    rooms: ['src-shared', 'src-main', 'src-renderer/no-eval.ts', 'e2e/model-server'],
    instead: 'put the schema into src-shared/domain',
  },
  {
    names: ['vite', 'electron-vite', 'electron-builder', 'oxc-parser', 'oxlint'],
    rooms: ['build'],
    instead: 'tools are used in build/ only',
  },
  {
    names: ['@playwright/test', 'playwright-core', 'axe-core'],
    rooms: ['e2e', 'build'],
    instead: 'browsers are driven from e2e/ only',
  },
  {
    names: [
      ...['assert', 'buffer', 'crypto', 'events', 'module', 'os', 'path', 'perf_hooks', 'process', 'readline'],
      ...['stream', 'string_decoder', 'timers', 'tty', 'url', 'util', 'v8', 'async_hooks', 'diagnostics_channel'],
    ].map((name) => `node:${name}`),
    rooms: node,
    instead: 'src-shared and src-renderer run anywhere: take what you need as a parameter',
  },
];
