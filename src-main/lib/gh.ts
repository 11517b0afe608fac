// The door to gh, GitHub's own command.
import {
  openSignedInCommand,
  type CommandFailure,
  type CommandVendor,
  type SignedInCommand,
} from './signed-in-command.ts';

export type Gh = SignedInCommand;
export type GhFailure = CommandFailure;

type Open = Parameters<typeof openSignedInCommand>;
export const openGh = (host: Open[0], runProgram?: Open[2]): Gh => openSignedInCommand(host, gitHub, runProgram);

const gitHub: CommandVendor = {
  program: 'gh',
  unwanted: /^GH_(?:REPO|HOST|DEBUG|PATH|PAGER|BROWSER|EDITOR|FORCE_TTY|MDWIDTH)$/,
  settings: { GH_PROMPT_DISABLED: '1', GH_NO_UPDATE_NOTIFIER: '1', GH_SPINNER_DISABLED: '1' },
  kindOf({ code, stderr }) {
    // Its exit code 4 is "sign in first".
    if (code === 4 || /HTTP 401|bad credentials|gh auth login/i.test(stderr)) return 'signed-out';
    return absent.test(stderr) ? 'not-found' : null;
  },
  // This question does not count against the limit.
  resetQuestion(args) {
    const limit = args[0] === 'api' && args[1] !== 'graphql' ? 'core' : 'graphql';
    return ['api', 'rate_limit', '--hostname', hostOf(args), '--jq', `.resources.${limit}.reset`];
  },
  words: {
    missing: ['gh, the command of GitHub, was not found on this machine.', 'Install it: https://cli.github.com'],
    'signed-out': ['gh is not signed in to GitHub.', 'Sign in with `gh auth login`, then try again.'],
    offline: ['GitHub could not be reached.', 'Check the connection, then try again.'],
    'rate-limited': ['GitHub answers no more for now: its rate limit is reached.', 'Try again later.'],
    garbled: ['What came back is no answer of GitHub.', 'Sign in to the network, or turn off what intercepts it.'],
    'no-answer': ['gh gave no answer.', 'Try again in a moment.'],
    'not-found': ['GitHub knows no such thing.', 'Check the number and the repository.'],
    refused: ['GitHub refused.', 'See the details; `gh auth status` shows what you may do.'],
  },
};

/** The words for an issue that is not there; a missing repository is another matter. */
const absent =
  /could not resolve to an? (?:issue|pull ?request)|no (?:issue|pull requests?) found|(?:issue|pull request)\b.*(?:not found|does not exist)/i;

/** `--hostname host`, or `--repo host/owner/name`. */
function hostOf(args: readonly string[]): string {
  const named = args.includes('--hostname') ? args[args.indexOf('--hostname') + 1] : undefined;
  const repository = args.includes('--repo') ? (args[args.indexOf('--repo') + 1] ?? '').split('/') : [];
  return named ?? (repository.length === 3 ? (repository[0] ?? '') : 'github.com');
}
