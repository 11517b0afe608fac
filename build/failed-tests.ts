// Names the failed tests of a run from the JSON that vitest and Playwright write, so that the end of a long output says what to look at.
import { stripVTControlCharacters } from 'node:util';

export interface FailedTest {
  /** File and titles. */
  readonly test: string;
  readonly message: string;
}

export interface VitestFiles {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

export interface PlaywrightSuite {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly ok: boolean;
    readonly tests: readonly {
      readonly projectName: string;
      readonly status: string;
      readonly results: readonly { readonly error?: { readonly message?: string } }[];
    }[];
  }[];
}

/** A file that failed before any of its tests ran is one. */
export function failedInVitest({ testResults }: VitestFiles, root: string): readonly FailedTest[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = name.startsWith(`${root}/`) ? name.slice(root.length + 1) : name;
    const failed = assertionResults.filter((each) => each.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [{ test: file, message: short(message) }];
    return failed.map(({ fullName, failureMessages }) => ({
      test: `${file} › ${fullName}`,
      message: short(failureMessages?.join('\n') ?? ''),
    }));
  });
}

/** One that passed at the second try has failed. */
export function failedInPlaywright(suites: readonly PlaywrightSuite[]): readonly FailedTest[] {
  return suites.flatMap(({ title, suites: inner = [], specs = [] }) => [
    ...specs.flatMap((spec) =>
      spec.tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ projectName, results }) => ({
          test: `[${projectName}] ${title} › ${spec.title}`,
          message: short(results.find(({ error }) => error !== undefined)?.error?.message ?? ''),
        })),
    ),
    ...failedInPlaywright(inner),
  ]);
}

/** Lines of a message that are enough to know it again. */
const lines = 12;

const short = (message: string): string =>
  stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
    .slice(0, lines)
    .join('\n');
