// Programs that review and comment under a name of their own. A code host tells of some that they are none of us; not of all.

const bots: ReadonlySet<string> = new Set([
  'claude',
  'codeclimate',
  'codecov',
  'codecov-commenter',
  'codecov-io',
  'coderabbitai',
  'copilot',
  'copilot-pull-request-reviewer',
  'cursor',
  'deepsource-autofix',
  'deepsource-io',
  'deepsourcebot',
  'dependabot',
  'dependabot-preview',
  'gemini-code-assist',
  'github-actions',
  'gitlab-bot',
  'greptile-apps',
  'lgtm-com',
  'mergify',
  'netlify',
  'pre-commit-ci',
  'qltysh',
  'renovate',
  'renovate-bot',
  'snyk-bot',
  'sonarcloud',
  'sonarqubecloud',
  'vercel',
]);

/** `name[bot]` and `app/name` are how GitHub writes an app; GitLab makes users named `project_1_bot_…`. */
export function isBot(login: string): boolean {
  const name = login.toLowerCase().replace(/^app\//, '');
  return name.endsWith('[bot]') || /^(?:project|group)_\d+_bot(?:_|$)/.test(name) || bots.has(name);
}
