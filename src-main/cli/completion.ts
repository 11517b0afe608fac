import { defineCommand, usageError } from './command.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

export const completion = defineCommand({
  name: 'completion',
  summary: 'prints the script by which a shell completes commands, options, sessions, projects and agents',
  words: [{ name: shells.join('|'), takes: shells }],
  notes: `bash: put  source <(athene completion bash)  into ~/.bashrc
zsh:  put  source <(athene completion zsh)  into ~/.zshrc, behind compinit
fish: athene completion fish > ~/.config/fish/completions/athene.fish`,
  async run({ words: [shell] }) {
    const known = shells.find((each) => each === shell);
    if (known === undefined) throw usageError(`There is completion for ${shells.join(', ')}.`);
    process.stdout.write(scripts[known]);
    return 0;
  },
});

/** They know no command by name: what there is, the command that is installed says. */
export const scripts: Readonly<Record<Shell, string>> = {
  bash: `# Completion of athene in bash: source <(athene completion bash)
_athene() {
  local line current=\${COMP_WORDS[COMP_CWORD]}
  [ "$current" = = ] && current=
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :file) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
      :directory) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
      *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done < <("$1" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _athene athene
`,
  zsh: `#compdef athene
# Completion of athene in zsh: source <(athene completion zsh), behind compinit
_athene() {
  local -a lines found
  local line name
  lines=("\${(@f)$("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  case $lines[1] in
    :file) _files; return ;;
    :directory) _files -/; return ;;
    '') return 1 ;;
  esac
  for line in $lines; do
    name=\${line%%$'\\t'*}
    found+=("\${name//:/\\\\:}:\${line#*$'\\t'}")
  done
  _describe athene found
}
if [ "\${funcstack[1]}" = _athene ]; then _athene "$@"; else compdef _athene athene; fi
`,
  fish: `# Completion of athene in fish: athene completion fish > ~/.config/fish/completions/athene.fish
function __athene_complete
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    set -l current (commandline -ct)
    set -l found ($program complete -- $words "$current" 2>/dev/null)
    switch "$found[1]"
        case :file
            __fish_complete_path "$current"
        case :directory
            __fish_complete_directories "$current"
        case '*'
            printf '%s\\n' $found
    end
end
complete -c athene -f -a '(__athene_complete)'
`,
};
