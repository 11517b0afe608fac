// The programs that stand first on the PATH of agents, as POSIX shell: they tell the spool and hand on. Outside of a session they only hand on.
import { shellVariable } from '#shared/domain/environment.ts';

/** Name → content. */
export type Scripts = Readonly<Record<string, string>>;

/** What an agent's own hooks call. */
export const hookName = 'athene-hook';

/** Bytes of what an agent tells that go into the spool. */
const toldBytes = 200 * 1024;

/** Options that somebody exported (\`SHELLOPTS\`) would end the script early, or hand its variables on. */
const head = `#!/bin/sh
# Made by Athene; \`athene hooks status\` tells more. It is made again when it is changed.
set +aeu
`;

/**
 * A FIFO, a link or a foreign file in the place of the new one is not written to (\`set -C\`). Whatever goes wrong, nothing is said and
 * nothing fails: an agent must not notice.
 */
const hook = `${head}# ${hookName} SOURCE KIND [PID] < what is told, as JSON
exec >/dev/null 2>&1
home=${shellVariable('HOME')} session=${shellVariable('SESSION')} terminal=${shellVariable('TERMINAL')}
tell() {
  case $home in /*) ;; *) return ;; esac
  case $session in '' | *[!A-Za-z0-9_-]*) return ;; esac
  case $terminal in '' | *[!0-9a-f-]*) return ;; esac
  case $1 in '' | *[!a-z0-9-]*) return ;; esac
  case $2 in '' | *[!A-Za-z0-9._-]*) return ;; esac
  case \${3:-} in '') pid= ;; *[!0-9]*) return ;; *) pid=',"pid":'$3 ;; esac
  spool=$home/spool
  [ -d "$spool" ] && [ ! -L "$spool" ] && [ -w "$spool" ] || return
  read -r id </proc/sys/kernel/random/uuid || id=$(uuidgen | tr A-F a-f) || return
  case $id in '' | *[!0-9a-f-]*) return ;; esac
  umask 077
  set -C
  printf '{"version":1,"id":"%s","session":"%s","terminal":"%s","source":"%s","kind":"%s"%s}\\n' \\
    "$id" "$session" "$terminal" "$1" "$2" "$pid" >"$spool/.$id.tmp" || return
  [ -t 0 ] || head -c ${toldBytes} >>"$spool/.$id.tmp"
  mv -f "$spool/.$id.tmp" "$spool/$id.json" || rm -f "$spool/.$id.tmp"
}
tell "$@"
# Whoever tells is not left with a broken pipe.
[ -t 0 ] || cat
exit 0
`;

/**
 * Variables are called `_a_…`: the program that is found inherits what the person exports, and nobody exports those.
 * The program of this name on the PATH without directories of wrappers, and without relative entries, which mean another program in every
 * directory. Never this file itself under another name.
 */
const findReal = (name: string): string => `_a_real=
set -f
IFS=:
for _a_entry in $PATH; do
  case $_a_entry in */wrappers/athene-*) continue ;; /*) ;; *) continue ;; esac
  if [ -f "$_a_entry/${name}" ] && [ -x "$_a_entry/${name}" ] && ! [ "$_a_entry/${name}" -ef "$0" ]; then
    _a_real=$_a_entry/${name}
    break
  fi
done
unset IFS
set +f
if [ -z "$_a_real" ]; then
  printf '%s\\n' '${name}: not found' >&2
  exit 127
fi
_a_session=${shellVariable('SESSION')}
[ -n "$_a_session" ] || exec "$_a_real" "$@"
`;

/**
 * The branch is told before git does it, with the number of this process, which becomes git: the spool waits for its end and looks where
 * the worktree then stands. So git keeps its terminal, signals, output and exit code without anything between.
 */
const git = `${head}${findReal('git')}_a_state=global _a_branch=
for _a_word do
  case $_a_state in
    global)
      case $_a_word in
        -C | -c | --git-dir | --work-tree | --namespace | --config-env) _a_state=value ;;
        -*) ;;
        checkout | switch) _a_state=branch ;;
        branch) _a_state=rename ;;
        *) break ;;
      esac ;;
    value) _a_state=global ;;
    rename)
      case $_a_word in
        -m | -M | --move) _a_state=branch; break ;;
      esac ;;
    branch)
      case $_a_word in
        --) _a_state=files; break ;;
        -*) ;;
        *) _a_branch=$_a_word; break ;;
      esac ;;
  esac
done
if [ "$_a_state" = branch ]; then
  case $_a_branch in [!A-Za-z0-9]* | *[!A-Za-z0-9._/+-]*) _a_branch= ;; esac
  printf '{"branch":"%s"}' "$_a_branch" | "\${0%/*}/${hookName}" git checkout "$$" 2>/dev/null
fi
exec "$_a_real" "$@"
`;

interface CodeHostCommand {
  readonly name: string;
  /** Patterns of a shell for its two words. */
  readonly create: string;
  readonly merge: string;
  readonly draft: string;
  /** Of sed: what stands behind the host in the address of a pull request. */
  readonly path: string;
}

/**
 * \`pr create\` and \`pr merge\` are told when they have succeeded. Their output is put down, read for the address and handed on; on a
 * terminal it is left alone, and nothing more than the call is told. Signals are handed on. As gh reads it: in front of the command's own
 * words every option has a value, the next word where it is not attached (\`gh -R o/r pr create\`). glab is made of the same parts.
 */
const codeHost = ({
  name,
  create,
  merge,
  draft,
  path,
}: CodeHostCommand): string => `${head}${findReal(name)}_a_first= _a_second= _a_third= _a_draft=false _a_value=
for _a_word do
  if [ -n "$_a_value" ]; then
    _a_value=
    continue
  fi
  case $_a_word in
    ${draft}) _a_draft=true ;;
    -R | --repo) _a_value=1 ;;
    --*=*) ;;
    --* | -?) [ -n "$_a_second" ] || _a_value=1 ;;
    -*) ;;
    *)
      if [ -z "$_a_first" ]; then _a_first=$_a_word; elif [ -z "$_a_second" ]; then _a_second=$_a_word; elif [ -z "$_a_third" ]; then _a_third=$_a_word; fi ;;
  esac
done
case $_a_first/$_a_second in
  ${create}) _a_kind=pr-create ;;
  ${merge}) _a_kind=pr-merge ;;
  *) exec "$_a_real" "$@" ;;
esac
_a_hook=\${0%/*}/${hookName}
if [ -t 1 ]; then
  printf '{"draft":%s}' "$_a_draft" | "$_a_hook" ${name} "$_a_kind" "$$" 2>/dev/null
  exec "$_a_real" "$@"
fi
_a_out=$(mktemp "${shellVariable('HOME')}/spool/.${name}-XXXXXX" 2>/dev/null) || exec "$_a_real" "$@"
if (: <&0) 2>/dev/null; then exec 3<&0; else exec 3</dev/null; fi
"$_a_real" "$@" <&3 3<&- >|"$_a_out" &
_a_child=$!
_a_caught=
trap '_a_caught=HUP; kill -HUP "$_a_child" 2>/dev/null' HUP
trap '_a_caught=INT; kill -TERM "$_a_child" 2>/dev/null' INT
trap '_a_caught=TERM; kill -TERM "$_a_child" 2>/dev/null' TERM
wait "$_a_child"
_a_status=$?
while [ "$_a_status" -gt 128 ] && kill -0 "$_a_child" 2>/dev/null; do
  wait "$_a_child"
  _a_status=$?
done
trap - HUP INT TERM
cat "$_a_out"
if [ "$_a_status" -eq 0 ]; then
  _a_url=$(sed -n 's|.*\\(https://[A-Za-z0-9.:-]*/${path}/[0-9]*\\).*|\\1|p' "$_a_out" | tail -n 1)
  # After \`pr create\` it is the value of some option.
  [ "$_a_kind" = pr-merge ] || _a_third=
  case $_a_third in *[!A-Za-z0-9._/#:!+-]*) _a_third= ;; esac
  printf '{"url":"%s","number":"%s","draft":%s,"subject":"%s"}' "$_a_url" "\${_a_url##*/}" "$_a_draft" "$_a_third" | "$_a_hook" ${name} "$_a_kind" 2>/dev/null
fi
rm -f "$_a_out"
[ -z "$_a_caught" ] || [ "$_a_status" -le 128 ] || kill -"$_a_caught" "$$"
exit "$_a_status"
`;

const gh = codeHost({
  name: 'gh',
  ...{ create: 'pr/create | pr/new', merge: 'pr/merge', draft: '--draft | -d' },
  path: '[A-Za-z0-9._-]*/[A-Za-z0-9._-]*/pull',
});
/** Its \`-d\` is the description. Groups may stand in groups. */
const glab = codeHost({
  name: 'glab',
  ...{ create: 'mr/create | mr/new', merge: 'mr/merge | mr/accept', draft: '--draft | --wip' },
  path: '[A-Za-z0-9._/-]*/-/merge_requests',
});

export const wrapperScripts: Scripts = { [hookName]: hook, git, gh, glab };
