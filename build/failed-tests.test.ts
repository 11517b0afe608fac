import { describe, expect, it } from 'vitest';
import { failedInPlaywright, failedInVitest } from './failed-tests.ts';

describe('the failed tests of a run', () => {
  it('are those that failed, by file and title, with the beginning of what they said', () => {
    const passed = { fullName: 'a b', status: 'passed', failureMessages: [] };
    const failed = {
      fullName: 'a c',
      status: 'failed',
      failureMessages: ['\u001b[31mexpected 1\u001b[39m\n\n- 2\n    at file.ts:3'],
    };
    const report = {
      testResults: [
        { name: '/root/src/one.test.ts', status: 'failed', message: '', assertionResults: [passed, failed] },
        { name: '/root/src/two.test.ts', status: 'failed', message: 'No such import', assertionResults: [] },
        { name: '/root/src/three.test.ts', status: 'passed', message: '', assertionResults: [passed] },
      ],
    };
    expect(failedInVitest(report, '/root')).toEqual([
      { test: 'src/one.test.ts › a c', message: 'expected 1\n- 2' },
      { test: 'src/two.test.ts', message: 'No such import' },
    ]);
  });

  it('are also those in a browser that passed at the second try', () => {
    const spec = (title: string, status: string, message?: string) => ({
      ...{ title, ok: status === 'expected' },
      tests: [{ projectName: 'browser', status, results: message === undefined ? [{}] : [{ error: { message } }, {}] }],
    });
    const suites = [
      { title: 'a.spec.ts', specs: [spec('good', 'expected'), spec('flaky', 'flaky', 'late')], suites: [] },
      { title: 'b.spec.ts', suites: [{ title: 'inside', specs: [spec('bad', 'unexpected')] }] },
    ];
    expect(failedInPlaywright(suites)).toEqual([
      { test: '[browser] a.spec.ts › flaky', message: 'late' },
      { test: '[browser] inside › bad', message: '' },
    ]);
  });
});
