import { expect, it } from 'vitest';
import type { ReadConfiguration } from './whole-config.ts';
import { createGuidance } from './guidance.ts';

const project = (id: string, more: object = {}) => ({ id, path: `/${id}`, sessionPrefix: id, ...more });
const guidance = (whole: object) => createGuidance({ wholeConfig: () => whole as ReadConfiguration });

it('tells which reactions reach agents, as the home and the project have them', () => {
  const usual = ['ci-failed', 'changes-requested', 'bugbot-comments', 'merge-conflicts'];
  expect(guidance({ reactions: {} }).sentByItself({})).toEqual(usual);
  const quiet = guidance({ reactions: { 'ci-failed': { auto: false }, 'agent-idle': { auto: true } } });
  expect(quiet.sentByItself({ reactions: { 'merge-conflicts': { action: 'notify' } } })).toEqual([
    ...['changes-requested', 'bugbot-comments', 'agent-idle'],
  ]);
});

it('tells a meta orchestrator of the projects of its scope as they are now', () => {
  const whole = {
    projects: [project('web', { description: 'screens' }), project('api', { repo: 'github.com/a/api' }), project('x')],
    metaOrchestrators: new Map([
      ['all', { scope: 'all', discover: true }],
      ['two', { scope: { projects: ['api', 'web', 'gone'] }, discover: false, rules: 'Be brief.' }],
    ]),
  };
  expect(guidance(whole).metaOrchestrator('two')).toEqual({
    ...{ scope: { projects: ['api', 'web', 'gone'] }, discover: false, rules: 'Be brief.' },
    projects: [
      { id: 'web', prefix: 'web', repo: null, description: 'screens' },
      { id: 'api', prefix: 'api', repo: 'github.com/a/api', description: null },
    ],
  });
  expect(
    guidance(whole)
      .metaOrchestrator('all')
      ?.projects.map(({ id }) => id),
  ).toEqual(['web', 'api', 'x']);
  expect(guidance(whole).metaOrchestrator('none')).toBe(null);
});
