// What a clone takes over of the project's own git configuration: where its origin is, and who commits.
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Git, GitFailure } from '../../../lib/git.ts';

export interface CloneConfiguration {
  readonly hasOrigin: boolean;
  /** Lines of a git configuration file. */
  readonly text: string;
}

const wanted = '^(remote\\.origin\\.(url|pushurl)|user\\.[a-z]+|commit\\.gpgsign|gpg\\.[a-z]+)$';

export async function configurationFor(git: Git, project: string): Promise<Result<CloneConfiguration, GitFailure>> {
  const told = await git.run(project, ['config', '--local', '-z', '--get-regexp', wanted]);
  // 1: none of them is set.
  if (!told.ok) return told.problem.code === 1 ? ok({ hasOrigin: false, text: '' }) : fail(told.problem);
  const entries = told.value.split('\0').flatMap((entry) => {
    const at = entry.indexOf('\n');
    return at < 0 ? [] : [[entry.slice(0, at), entry.slice(at + 1)] as const];
  });
  return ok({ hasOrigin: entries.some(([key]) => key === 'remote.origin.url'), text: entries.map(lines).join('') });
}

function lines([key, value]: readonly [string, string]): string {
  const parts = key.split('.');
  const name = parts.at(-1) ?? '';
  const section = key.startsWith('remote.') ? '[remote "origin"]' : `[${parts[0]}]`;
  return `${section}\n\t${name} = "${quoted(value)}"\n`;
}

/** As git reads it back, between double quotes. */
const quoted = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
