// A world with a scripted model, a person who has all the agents installed, and a look at what their sessions show.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AskedQuestion } from '#shared/domain/asked-question.ts';
import { readsAsQuestion } from '#shared/domain/question.ts';
import type { SessionRecord, SessionView } from '#shared/domain/session.ts';
import type { TerminalScreen } from '#shared/domain/terminal-status.ts';
import type { Host } from '#main/host/host.ts';
import { getSession } from '#main/storage/sessions.ts';
import { listSpoolEvents } from '#main/storage/spool-events.ts';
import { hostOf } from '../fixtures/host-of.ts';
import { type ModelServer, startModelServer } from '../model-server/model-server.ts';
import { readIfThere } from '../read-if-there.ts';
import { createWorld, type World } from '../world.ts';
import { preparePerson } from './prepare-person.ts';

/** Milliseconds that a fact may take to become true: these are large programs, and the machine may be busy. */
const patience = 180_000;

export interface AgentWorld {
  readonly world: World;
  readonly model: ModelServer;
  /** Where the agents keep their own files. */
  readonly person: string;
  /** `athene …`; throws when that fails. */
  athene(...words: string[]): Promise<string>;
  spawn(agent: string, ...words: string[]): Promise<SessionView>;
  record(id: string): SessionRecord;
  /** Resolves with the screen's text once it has what is wanted. */
  shows(id: string, wanted: RegExp): Promise<string>;
  /** Resolves with the question once the screen ends with one that has what is wanted. */
  asks(id: string, wanted: RegExp): Promise<string>;
  type(id: string, keys: string): Promise<void>;
  /** Answers a question of numbered or marked choices as a person would: looks where the mark stands before each key. */
  choose(id: string, question: RegExp, choice: RegExp): Promise<void>;
  /** What `athene questions` tells of it, once that fits. */
  question(id: string, wanted: RegExp): Promise<AskedQuestion>;
  /** Answers that with `athene answer`, until it is seen to arrive: a dialog may be deaf at first. Gives what was answered. */
  answer(id: string, wanted: RegExp, choice: RegExp): Promise<AskedQuestion>;
  /** What its processes are called; empty when none is left. */
  processesOf(id: string): readonly string[];
  /** Resolves with the kinds of what its agent told by its hooks, once these have come. */
  tells(id: string, ...kinds: string[]): Promise<readonly string[]>;
  /** Absolute paths of the files below a directory of the person. */
  files(directory: string): readonly string[];
  close(): Promise<void>;
}

export async function createAgentWorld(): Promise<AgentWorld> {
  const programs = process.env['ATHENE_AGENTS'];
  if (programs === undefined) throw new Error('These specs are run by `npm run test:agents`.');
  const world = createWorld();
  const model = await startModelServer();
  const person = world.env['HOME'] ?? '';
  preparePerson(person, model.url, programs);
  const athene = async (...words: string[]): Promise<string> => {
    const { code, stdout, stderr } = await world.athene(...words);
    if (code !== 0) throw new Error(`athene ${words.join(' ')} ended with ${code}\n${stdout}\n${stderr}`);
    return stdout;
  };
  await athene('project', 'add', world.repository, '--id', 'demo');
  await athene('hooks', 'extensions', 'on');
  const host = await hostOf(world);
  const screen = (id: string) => screenOf(host, id);
  const type = async (id: string, keys: string): Promise<void> => {
    const typed = await host.sessions.runtime.input(recordOf(host, id).terminal ?? '', Buffer.from(keys));
    if (!typed.ok) throw new Error(typed.problem.what);
  };
  return {
    ...{ world, model, person, athene },
    spawn: async (agent, ...words) =>
      JSON.parse(await athene('spawn', '--project', 'demo', '--agent', agent, ...words, '--json')) as SessionView,
    record: (id) => recordOf(host, id),
    shows: async (id, wanted) =>
      textOf(
        await until(
          () => screen(id),
          (seen) => wanted.test(textOf(seen)),
          wanted,
        ),
      ),
    asks: async (id, wanted) =>
      questionOf(
        await until(
          () => screen(id),
          (seen) => wanted.test(questionOf(seen)),
          wanted,
        ),
      ),
    type,
    choose: (id, question, choice) => choose({ screen, type }, id, { question, choice }),
    question: (id, wanted) => question(athene, id, wanted),
    async answer(id, wanted, choice) {
      const asked = await question(athene, id, wanted);
      const number = asked.choices.find(({ label }) => choice.test(label))?.number;
      if (number === undefined) throw new Error(`${String(choice)} is none of ${JSON.stringify(asked)}`);
      const answered = await world.athene('answer', id, String(number), '--question', asked.id, '--json');
      if (answered.stdout.includes('"confirmed"')) return asked;
      const still = await question(athene, id, wanted);
      await athene('answer', id, String(still.choices.find(({ label }) => choice.test(label))?.number), '--json');
      return still;
    },
    processesOf: (id) => processesOf(world, id),
    tells: (id, ...kinds) =>
      until(
        async () => {
          // Any command takes in what was told.
          await athene('session', 'ls');
          return host.sessions.store.read((tx) => listSpoolEvents(tx, id)).map(({ kind }) => kind);
        },
        (told) => kinds.every((kind) => told.includes(kind)),
        kinds,
      ),
    files: (directory) => filesBelow(join(person, directory)),
    close: async () => {
      await host.close();
      await world.close();
      await model.close();
    },
  };
}

async function question(
  athene: (...words: string[]) => Promise<string>,
  id: string,
  wanted: RegExp,
): Promise<AskedQuestion> {
  const asked = await until(
    async () => {
      const { data } = JSON.parse(await athene('questions', id, '--json')) as {
        readonly data: readonly { readonly question: AskedQuestion }[];
      };
      return data[0]?.question ?? null;
    },
    (seen) => seen !== null && wanted.test(seen.text) && seen.choices.length > 0,
    wanted,
  );
  if (asked === null) throw new Error(`${id} asks nothing`);
  return asked;
}

interface Hands {
  screen(id: string): Promise<TerminalScreen>;
  type(id: string, keys: string): Promise<void>;
}

const [down, enter] = ['\u001b[B', '\r'];
/** Milliseconds that a program gets to draw what a key did. */
const drawn = 1500;

/** A dialog may be drawn anew with its first choice marked, or be deaf at first: then the key is given again. */
async function choose(
  { screen, type }: Hands,
  id: string,
  { question, choice }: { readonly question: RegExp; readonly choice: RegExp },
): Promise<void> {
  await until(
    () => screen(id),
    (seen) => question.test(questionOf(seen)),
    question,
  );
  const end = Date.now() + patience;
  for (let seen = await screen(id); question.test(questionOf(seen));) {
    if (Date.now() > end) throw new Error(`${String(choice)} could not be chosen:\n${textOf(seen)}`);
    const marked = seen.rows.findLast((row) => /^[\s│]*[❯›●>] /u.test(row)) ?? '';
    await type(id, choice.test(marked) ? enter : down);
    const before = textOf(seen);
    for (let waited = 0; waited < drawn && textOf(seen) === before; waited += 100) {
      await delay(100);
      seen = await screen(id);
    }
  }
}

/** Looks again and again; when patience ends, the last look is in the error. */
export async function until<T>(look: () => T | Promise<T>, fits: (seen: T) => boolean, wanted: unknown): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const seen = await look();
    if (fits(seen)) return seen;
    if (Date.now() > end) throw new Error(`Not seen: ${String(wanted)}. Last look:\n${printed(seen)}`);
    await delay(200);
  }
}

const printed = (seen: unknown): string =>
  typeof seen === 'object' && seen !== null && 'rows' in seen
    ? textOf(seen as TerminalScreen)
    : JSON.stringify(seen, null, 2);

const textOf = ({ rows }: TerminalScreen): string => rows.join('\n').trimEnd();
const questionOf = (screen: TerminalScreen): string => readsAsQuestion(screen)?.question ?? '';

function recordOf({ sessions }: Host, id: string): SessionRecord {
  const stored = sessions.store.read((tx) => getSession(tx, id));
  if (stored === null || 'damaged' in stored) throw new Error(`${id} is gone or damaged`);
  return stored.record;
}

async function screenOf(host: Host, id: string): Promise<TerminalScreen> {
  const seen = await host.sessions.runtime.screen(recordOf(host, id).terminal ?? '');
  if (!seen.ok) throw new Error(seen.problem.what);
  return seen.value;
}

function processesOf(world: World, id: string): readonly string[] {
  const isOurs = (pid: number): boolean =>
    readIfThere(`/proc/${pid}/environ`).split('\0').includes(`ATHENE_SESSION=${id}`);
  const commands = world
    .processes()
    .filter(isOurs)
    .map((pid) => readIfThere(`/proc/${pid}/cmdline`));
  // One that ended between the two looks has none.
  return commands.filter((command) => command !== '').map((command) => command.replaceAll('\0', ' '));
}

function filesBelow(directory: string): readonly string[] {
  try {
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return []; // Not made yet.
  }
}
