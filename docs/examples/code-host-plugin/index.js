// A code host that knows no pull request at all: the least that one must be.

/** @type {import('athene/plugin').PluginManifest} */
export const manifest = {
  name: 'empty-host',
  slot: 'code-host',
  description: 'A code host without pull requests',
  version: '1.0.0',
  port: 1,
};

const none = async () => ({
  ok: false,
  problem: { kind: 'not-found', what: 'There is no such pull request.', todo: 'Look again.', details: '' },
});

/** @type {import('athene/plugin').CreateCodeHost} */
export const create = () => ({
  resolvePullRequest: none,
  pullRequestState: none,
  readPullRequests: async ({ numbers }) => ({ ok: true, value: { facts: [], absent: numbers } }),
  assign: none,
  merge: none,
  close: none,
  markReady: none,
  updateBranch: none,
});
