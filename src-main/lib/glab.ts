// The door to glab, GitLab's own command. All goes through `glab api`, whose words are those of GitLab's REST API.
import type { RepositoryName } from '#shared/domain/repository-name.ts';
import { openSignedInCommand, type CommandVendor, type SignedInCommand } from './signed-in-command.ts';

export type Glab = SignedInCommand;

type Open = Parameters<typeof openSignedInCommand>;
export const openGlab = (host: Open[0], runProgram?: Open[2]): Glab => openSignedInCommand(host, gitLab, runProgram);

export interface ProjectCall {
  /** Below the project. */
  readonly path: string;
  /** Number of another project on the same host. */
  readonly project?: string;
  /** `GET` when not given. */
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly query?: readonly (readonly [string, string])[];
  readonly fields?: Readonly<Record<string, string>>;
}

/** The arguments that ask GitLab something about one project. The project stands in the address, groups and all. */
export function projectCall(
  { host, owner, name }: RepositoryName,
  { path, project = `${owner}/${name}`, method = 'GET', query = [], fields = {} }: ProjectCall,
): readonly string[] {
  const asked =
    query.length === 0 ? '' : `?${new URLSearchParams(query.map(([key, value]) => [key, value])).toString()}`;
  const told = Object.entries(fields).flatMap(([key, value]) => ['--raw-field', `${key}=${plain(value)}`]);
  return [
    'api',
    `--method=${method}`,
    '--hostname',
    host,
    ...told,
    '--',
    `projects/${encodeURIComponent(project)}${path}${asked}`,
  ];
}

/** The arguments that ask who is signed in. */
export const personCall = (host: string): readonly string[] => [
  'api',
  '--method=GET',
  '--hostname',
  host,
  '--',
  'user',
];

/** What looks like a list (`[a, b]`) glab sends as one, unless something stands behind it; GitLab cuts the space off. */
const plain = (value: string): string => (/^\[[\sa-z_,]*\]$/.test(value) ? `${value} ` : value);

const gitLab: CommandVendor = {
  program: 'glab',
  unwanted:
    /^(?:(?:GITLAB|GL)_(?:HOST|URI|URL|REPO|GROUP|API_HOST)|API_PROTOCOL|GIT_REMOTE_(?:URL_VAR|ALIAS)|REMOTE_(?:ALIAS|NICKNAME)|GLAB_(?:DEBUG\w*|PAGER)|VISUAL|EDITOR|FORCE_HYPERLINKS|GLAMOUR_STYLE)$/,
  settings: {
    ...{ NO_PROMPT: 'true', GLAB_NO_PROMPT: 'true', CHECK_UPDATE: 'false', GLAB_CHECK_UPDATE: 'false' },
    ...{ GLAB_SEND_TELEMETRY: 'false', GLAB_SHOW_WHATS_NEW: 'false', GLAB_ENABLE_CI_AUTOLOGIN: 'false' },
  },
  // glab sends such a token to whichever host it is told to ask.
  isForeign(variable, login, args) {
    if (!/^(?:(?:GITLAB|GL)_(?:ACCESS_)?TOKEN|OAUTH_TOKEN|JOB_TOKEN)$/.test(variable)) return false;
    const named = login['GITLAB_HOST'] ?? login['GITLAB_URI'] ?? login['GL_HOST'] ?? 'gitlab.com';
    return args.includes('--hostname') && args[args.indexOf('--hostname') + 1]?.toLowerCase() !== hostIn(named);
  },
  kindOf({ stderr }) {
    if (/\bHTTP 401\b|401 Unauthorized|glab auth login|invalid_token/i.test(stderr)) return 'signed-out';
    if (/\bHTTP 429\b|too many (?:requests|times)|retry later/i.test(stderr)) return 'rate-limited';
    return absent.test(stderr) ? 'not-found' : null;
  },
  // It tells in a header, which is there no more when it has failed.
  resetQuestion: () => null,
  words: {
    missing: [
      'glab, the command of GitLab, was not found on this machine.',
      'Install it: https://gitlab.com/gitlab-org/cli',
    ],
    'signed-out': ['glab is not signed in to GitLab.', 'Sign in with `glab auth login`, then try again.'],
    offline: ['GitLab could not be reached.', 'Check the connection, then try again.'],
    'rate-limited': ['GitLab answers no more for now: its rate limit is reached.', 'Try again later.'],
    garbled: ['What came back is no answer of GitLab.', 'Sign in to the network, or turn off what intercepts it.'],
    'no-answer': ['glab gave no answer.', 'Try again in a moment.'],
    'not-found': ['GitLab knows no such thing.', 'Check the number and the project.'],
    refused: ['GitLab refused.', 'See the details; `glab auth status` shows where you are signed in.'],
  },
};

/** A missing project is another matter: whoever may not see one is told so, too. */
const absent = /\b404 (?!project\b)[\w ]*not found/i;

const hostIn = (address: string): string =>
  address
    .replace(/^https?:\/\//, '')
    .replace(/[/:].*$/, '')
    .toLowerCase();
