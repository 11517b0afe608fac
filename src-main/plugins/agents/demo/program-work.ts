// What the demo agent really does: it reads a few files, adds a line to one of its own, asks, and commits.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askChoice } from './program-ask.ts';
import type { KeyReader } from './program-keys.ts';
import type { Screen } from './program-screen.ts';

export interface Desk {
  readonly screen: Screen;
  readonly keys: KeyReader;
  /** Absolute; where it reads, edits and commits. */
  readonly directory: string;
  /** Waits, for the look of it; rejects when the signal aborts. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Once somebody chose not to be asked again. */
  trusted: boolean;
}

/** The one file that is ever changed. */
const notes = 'athene-demo.md';
const filesToRead = 3;
const spinner = ['✢', '✳', '✶', '✻', '✽', '✶'];

/** Rejects with an AbortError when it was interrupted; throws what git or the disk said. */
export async function work(desk: Desk, task: string, signal: AbortSignal): Promise<void> {
  await spin(desk, 'Thinking', 900, signal);
  desk.screen.print(`${desk.screen.accent('●')} I'll look around first, then make one small change.`, '');
  await read(desk, signal);
  let line = task.replaceAll(/\s+/g, ' ').slice(0, 200);
  for (;;) {
    await edit(desk, line, signal);
    const next = await approve(desk);
    if (next.kind === 'leave') return leave(desk);
    if (next.kind === 'commit') return await commit(desk, line, signal);
    line = next.line;
    desk.screen.print('', `${desk.screen.accent('●')} I'll note that as well.`, '');
  }
}

/** null outside of a repository, or without a branch. */
export function currentBranch(directory: string): string | null {
  try {
    return git(directory, 'symbolic-ref', '--short', '-q', 'HEAD').trim();
  } catch {
    return null; // It is only shown in the header.
  }
}

async function read(desk: Desk, signal: AbortSignal): Promise<void> {
  const names = git(desk.directory, 'ls-files', '-z').split('\0').filter(Boolean);
  for (const name of names
    .filter((one) => /\.(md|txt|[cm]?[jt]sx?|py|go|rs|json|ya?ml)$/.test(one))
    .slice(0, filesToRead)) {
    await spin(desk, `Reading ${name}`, 600, signal);
    const lines = linesOf(join(desk.directory, name));
    step(
      desk,
      `Read(${name})`,
      lines === null ? 'could not be read' : `${lines.length} line${lines.length === 1 ? '' : 's'}`,
    );
  }
  if (names.length === 0) step(desk, 'List(.)', 'no files yet');
}

async function edit(desk: Desk, line: string, signal: AbortSignal): Promise<void> {
  await spin(desk, `Editing ${notes}`, 900, signal);
  const file = join(desk.directory, notes);
  const before = linesOf(file) ?? [];
  const added = before.length === 0 ? ['# Notes of the demo agent', '', `- ${line}`] : [`- ${line}`];
  writeFileSync(file, `${[...before, ...added].join('\n')}\n`);
  const { screen } = desk;
  step(
    desk,
    `${before.length === 0 ? 'Write' : 'Update'}(${notes})`,
    `${added.length} line${added.length === 1 ? '' : 's'} added`,
  );
  for (const [index, text] of before.slice(-2).entries())
    screen.print(
      `    ${screen.dim(String(before.length - Math.min(before.length, 2) + index + 1).padStart(3))}   ${text}`,
    );
  for (const [index, text] of added.entries())
    screen.print(`    ${screen.dim(String(before.length + index + 1).padStart(3))} ${screen.added(`+ ${text}`)}`);
}

type Approval =
  | { readonly kind: 'commit' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'more'; readonly line: string };

async function approve(desk: Desk): Promise<Approval> {
  if (desk.trusted) return { kind: 'commit' };
  const choices = ['Yes, commit it', "Yes, and don't ask again", 'No, leave it uncommitted'];
  const answer = await askChoice(desk, `Do you want to commit ${notes}?`, choices);
  if (answer.kind === 'text') return { kind: 'more', line: answer.text };
  if (answer.kind !== 'choice') throw new DOMException('Interrupted at the question', 'AbortError');
  desk.trusted = answer.index === 1;
  return answer.index === 2 ? { kind: 'leave' } : { kind: 'commit' };
}

async function commit(desk: Desk, line: string, signal: AbortSignal): Promise<void> {
  await spin(desk, 'Committing', 700, signal);
  git(desk.directory, 'add', '--', notes);
  // Its own name, and no signing or hooks of the person: a demo must not need them, nor run them.
  const identity = { 'user.name': 'Athene demo agent', 'user.email': 'demo@athene.invalid', 'commit.gpgSign': 'false' };
  const settings = { ...identity, 'core.hooksPath': '/dev/null' };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  git(desk.directory, ...options, 'commit', '-q', '-m', `docs: note "${line.slice(0, 50)}"`, '--', notes);
  step(desk, `Bash(git commit -- ${notes})`, git(desk.directory, 'log', '-1', '--format=%h %s').trim());
  desk.screen.print('', `${desk.screen.green('●')} Done: one line in ${notes}, committed on this branch.`);
}

function leave({ screen }: Desk): void {
  screen.print('', `${screen.accent('●')} Fine: ${notes} stays as it is, uncommitted.`);
}

async function spin({ screen, pause }: Desk, what: string, milliseconds: number, signal: AbortSignal): Promise<void> {
  const frame = 100;
  for (let passed = 0; passed < milliseconds; passed += frame) {
    signal.throwIfAborted();
    const glyph = spinner[(passed / frame) % spinner.length] ?? '·';
    screen.live(['', `${screen.accent(glyph)} ${what}… ${screen.dim('(esc to interrupt)')}`]);
    await pause(frame, signal);
  }
  screen.clearLive();
}

function step({ screen }: Desk, call: string, result: string): void {
  screen.print(`${screen.green('●')} ${screen.bold(call)}`, `  └ ${result}`);
}

/** null when the file can't be read. */
function linesOf(file: string): string[] | null {
  try {
    const text = readFileSync(file, 'utf8');
    return text === '' ? [] : text.replace(/\n$/, '').split('\n');
  } catch {
    return null; // Missing or unreadable: said on screen, nothing depends on it.
  }
}

function git(directory: string, ...args: string[]): string {
  try {
    return execFileSync('git', args, { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().split('\n')[0];
    throw new Error(said === undefined || said === '' ? `git ${args[0]} failed` : said, { cause: error });
  }
}
