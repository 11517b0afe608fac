// Answers to real programs in real terminals: delivered once, only to the question that is meant, and seen to arrive.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { AskedQuestion } from '#shared/domain/asked-question.ts';
import { answerQuestion } from '../sessions/questions/answer-question.ts';
import { lookOnce } from '../sessions/questions/look-at-question.ts';
import { ask, HostHome } from './fixtures/host-home.ts';
import { spawnIn } from './fixtures/spawn-in.ts';
import type { Host } from './host.ts';

const home = new HostHome();
let app: Host;
const patience = { timeout: 60_000, interval: 50 };

/** No command line of a person's: nobody would take it for a shell. */
const listens = 'agents:\n  listens: { command: [bash, -c, \'while read -r line; do echo "heard $line"; done\'] }\n';

beforeAll(async () => {
  writeFileSync(home.config, listens, { mode: 0o600 });
  app = await home.open(true);
  await ask(app, 'project.addSandbox', {});
}, 60_000);
afterAll(() => home.close(), 60_000);

const start = (command: string, agent = 'custom', prompt: string | null = null): Promise<string> =>
  spawnIn(app, { agent, prompt, command: agent === 'custom' ? command : null });

const terminalOf = async (id: string): Promise<string> => {
  const session = await ask(app, 'session.get', { id });
  return session.ok ? (session.value.terminal ?? '') : '';
};
const output = async (id: string): Promise<string> => {
  const text = await app.sessions.runtime.output(await terminalOf(id), 100);
  return text.ok ? text.value : '';
};
const type = async (id: string, keys: string) => app.sessions.runtime.input(await terminalOf(id), Buffer.from(keys));

/** The question that a window sees, once there is one that `fits`. */
async function questionOf(id: string, fits: (question: AskedQuestion) => boolean = () => true): Promise<AskedQuestion> {
  for (const until = Date.now() + patience.timeout; Date.now() < until;) {
    const session = await ask(app, 'session.get', { id });
    if (session.ok && session.value.question !== null && fits(session.value.question)) return session.value.question;
    await new Promise((resolve) => setTimeout(resolve, patience.interval));
  }
  throw new Error(`${id} asks nothing: ${await output(id)}`);
}
const closings = (id: string) =>
  app.sessions.store
    .read((tx) => tx.all<{ how: string }>('SELECT how FROM questions WHERE session = ? AND closed IS NOT NULL', id))
    .map(({ how }) => JSON.parse(how) as unknown);
const nothingTold = () => ({ wentOnAt: null });
const confirmed = (sent: string) => ({ ok: true, value: { outcome: 'confirmed', why: null, sent } });

describe.concurrent('an answer', { timeout: 120_000 }, () => {
  it('to a plain yes or no is typed and seen to arrive', async ({ expect }) => {
    const id = await start('printf "Overwrite a.txt? [y/N] "; read -r a; echo "got $a"; sleep 600');
    const { id: question } = await questionOf(id);
    expect(await ask(app, 'session.answer', { id, question, choice: 2 })).toEqual(confirmed('n\r'));
    await expect.poll(() => output(id), patience).toContain('got n');
    expect(closings(id)).toEqual([{ kind: 'answered', by: 'person', what: 'No', confirmed: true }]);
  });

  it('of a person is told to the agent that leads, when that listens', async ({ expect }) => {
    const lead = await ask(app, 'coordinator.start', {
      ...{ project: 'sandbox', strategy: null, agent: 'listens', command: null, allowPermissionless: true },
    });
    const leader = lead.ok ? lead.value.session : '';
    const id = await start('printf "Overwrite b.txt? [y/N] "; read -r a; echo "got $a"; sleep 600');
    const { id: question } = await questionOf(id);
    expect(await ask(app, 'session.answer', { id, question, choice: 1 })).toEqual(confirmed('y\r'));
    const told = /heard Athene tells you, as information[^]*asked: > Overwrite b\.txt\? \[y\/N\] The answer: Yes/;
    await expect.poll(() => output(leader), patience).toMatch(told);
  });

  it('of one key is typed without Enter where the program takes it at once', async ({ expect }) => {
    const id = await start(
      'printf "Sure? [y/N] "; read -rsn1 a; echo; printf "Name? "; read -r b; echo "got $a and <$b>"; sleep 600',
    );
    const { id: question } = await questionOf(id);
    expect(await ask(app, 'session.answer', { id, question, choice: 1 })).toEqual(confirmed('y\r'));
    const next = await questionOf(id, ({ text }) => text === 'Name?');
    expect(await ask(app, 'session.answer', { id, question: next.id, text: 'Ann' })).toEqual(confirmed('Ann\r'));
    await expect.poll(() => output(id), patience).toContain('got y and <Ann>');
  });

  it('of one key does not also answer the same question that comes after it', async ({ expect }) => {
    const id = await start(
      'printf "Sure? [y/N] "; read -rsn1 a; echo; printf "Sure? [y/N] "; read -r b; echo "got $a and <$b>"; sleep 600',
    );
    const { id: question } = await questionOf(id);
    expect(await ask(app, 'session.answer', { id, question, choice: 1 })).toEqual(confirmed('y\r'));
    const next = await questionOf(id, (asked) => asked.id !== question);
    expect(await ask(app, 'session.answer', { id, question: next.id, choice: 2 })).toEqual(confirmed('n\r'));
    await expect.poll(() => output(id), patience).toContain('got y and <n>');
  });

  it('to the demo agent chooses what was meant', async ({ expect }) => {
    const id = await start('', 'demo', 'Add a line');
    const { id: question, choices } = await questionOf(id, ({ kind }) => kind === 'permission');
    expect(choices.map(({ meaning }) => meaning)).toEqual(['allow-once', 'allow-always', 'deny']);
    expect(await ask(app, 'session.answer', { id, question, choice: 3 })).toMatchObject(
      confirmed(choices[2]?.keys ?? ''),
    );
    await expect.poll(() => output(id), patience).toContain('stays as it is, uncommitted');
    expect(await ask(app, 'session.answer', { id, question, choice: 1 })).toMatchObject({
      problem: { code: 'question-outdated', kept: 'Nothing was sent.' },
    });
  });

  it('that is given twice at once is typed once', async ({ expect }) => {
    const id = await start(
      'printf "Go? [y/N] "; read -r a; echo "first <$a>"; read -r b; echo "second <$b>"; sleep 600',
    );
    const { id: question } = await questionOf(id);
    const both = await Promise.all([1, 2, 1].map((choice) => ask(app, 'session.answer', { id, question, choice })));
    const codes = both.map((each) => (each.ok ? each.value.outcome : each.problem.code)).toSorted();
    expect(codes).toEqual(['confirmed', 'question-outdated', 'question-outdated']);
    expect(await output(id)).not.toContain('second');
  });

  it('comes to nothing when somebody typed first, and tells what is asked now', async ({ expect }) => {
    const id = await start(
      'printf "One? [y/N] "; read -r a; printf "Two? [y/N] "; read -r b; echo "got $a $b"; sleep 600',
    );
    const { id: question } = await questionOf(id);
    await type(id, 'n\r');
    await expect.poll(() => output(id), patience).toContain('Two?');
    expect(await ask(app, 'session.answer', { id, question, choice: 1 })).toMatchObject({
      problem: { code: 'question-outdated', what: expect.stringContaining('It asks now: Two? [y/N]') },
    });
    expect(await output(id)).not.toContain('got');
    const next = await questionOf(id, ({ text }) => text.startsWith('Two?'));
    expect(await ask(app, 'session.answer', { id, question: next.id, choice: 1 })).toEqual(confirmed('y\r'));
    await expect.poll(() => output(id), patience).toContain('got n y');
  });

  it('comes to nothing when the program went on by itself to another question', async ({ expect }) => {
    const id = await start(
      'printf "One? [y/N] "; until [ -e go ]; do sleep 0.1; done; printf "\\nTwo? [y/N] "; read -r b; echo "got $b"; sleep 600',
    );
    const { id: question } = await questionOf(id);
    const session = await ask(app, 'session.get', { id });
    writeFileSync(join(session.ok ? (session.value.worktree ?? '') : '', 'go'), '');
    await expect.poll(() => output(id), patience).toContain('Two?');
    expect(await ask(app, 'session.answer', { id, question, choice: 1 })).toMatchObject({
      problem: { code: 'question-outdated', what: expect.stringContaining('It asks now: Two? [y/N]') },
    });
    expect(await output(id)).not.toContain('got');
  });

  it('goes by no screen that is known to be an old one', async ({ expect }) => {
    const id = await start('printf "One? [y/N] "; read -r a; printf "Two? [y/N] "; read -r b; sleep 600');
    await questionOf(id);
    const [terminal, { runtime }] = [await terminalOf(id), app.sessions];
    const look = (screen: typeof runtime.screen) =>
      lookOnce({ ...app.sessions, runtime: { ...runtime, screen } }, id, terminal);
    const old = await runtime.screen(terminal);
    expect(await look(async () => old)).toMatchObject({ kind: 'seen', found: { text: 'One? [y/N]' } });
    await type(id, 'n\r');
    await expect.poll(() => output(id), patience).toContain('Two?');
    // As with a disk that takes no more of what it prints.
    expect(await look(async () => old)).toMatchObject({ kind: 'unknown' });
    expect(await look((of) => runtime.screen(of))).toMatchObject({ kind: 'seen', found: { text: 'Two? [y/N]' } });
  });

  it('waits for one that is paused to go on', async ({ expect }) => {
    const id = await start('printf "Go? [y/N] "; read -r a; echo "got $a"; sleep 600');
    const { id: question } = await questionOf(id);
    expect(await ask(app, 'session.freeze', { id })).toMatchObject({ ok: true });
    expect(await ask(app, 'session.answer', { id, question, choice: 1 })).toMatchObject({
      problem: { code: 'answer-not-possible', what: `${id} is paused: nobody takes the answer.` },
    });
    await ask(app, 'session.thaw', { id });
    expect(await ask(app, 'session.answer', { id, question, choice: 1 })).toEqual(confirmed('y\r'));
  });

  it('is not confirmed, and Enter not pressed, where the mark does not move', async ({ expect }) => {
    const id = await start(
      'stty -echo; printf \'Which?\\n❯ 1. This\\n  2. That\\n\'; read -r a; echo "took <$a>"; sleep 600',
    );
    const { id: question } = await questionOf(id);
    const answered = await ask(app, 'session.answer', { id, question, choice: 2 });
    expect(answered).toMatchObject({
      value: { outcome: 'not-confirmed', why: expect.stringContaining('"That" is not seen to be marked') },
    });
    expect(await output(id)).not.toContain('took');
  });

  it('does not reach another list that comes up while its keys are typed', async ({ expect }) => {
    const lists = ['Which?\\n❯ 1. This\\n  2. That\\n', 'Delete?\\n  1. Keep\\n❯ 2. Delete\\n'] as const;
    const id = await start(
      `stty -echo; printf '${lists[0]}'; read -rsn3 k; clear; printf '${lists[1]}'; read -r a; echo "took <$a>"; sleep 600`,
    );
    const { id: question } = await questionOf(id);
    await ask(app, 'session.answer', { id, question, choice: 2 });
    expect(await questionOf(id, ({ text }) => text === 'Delete?')).toMatchObject({ kind: 'choice' });
    expect(await output(id)).not.toContain('took');
  });

  it('is refused where it is no answer, or only the terminal gives one', async ({ expect }) => {
    const [id, other] = await Promise.all([
      start('printf "Go? [y/N] "; read -r a; sleep 600'),
      start('printf "Password: "; read -rs a; sleep 600'),
    ]);
    const [{ id: question }, secret] = await Promise.all([questionOf(id), questionOf(other)]);
    const refused = { problem: { code: 'answer-not-possible', kept: 'Nothing was sent.' } };
    expect(await ask(app, 'session.answer', { id, question, choice: 3 })).toMatchObject(refused);
    expect(await ask(app, 'session.answer', { id, question, text: 'perhaps' })).toMatchObject(refused);
    expect(await ask(app, 'session.answer', { id: other, question: secret.id, text: 'hunter2' })).toMatchObject({
      problem: { ...refused.problem, todo: expect.stringContaining('open its terminal') },
    });
    expect(await ask(app, 'session.answer', { id, question: secret.id, choice: 1 })).toMatchObject({
      problem: { code: 'question-unknown' },
    });
    expect(await ask(app, 'session.answer', { id, question, choice: 1 })).toEqual(confirmed('y\r'));
  });

  it('that holds for longer than once is the person’s, whoever leads', async ({ expect }) => {
    const list = "Run it?\\n❯ 1. Yes\\n  2. Yes, and don't ask again\\n  3. Yes, and switch to auto mode\\n  4. No\\n";
    const id = await start(`printf "${list}"; read -r a; echo "got <$a>"; sleep 600`);
    const { id: question } = await questionOf(id);
    const by = 'san-leader';
    for (const choice of [2, 3]) {
      expect(await answerQuestion(app.sessions, { id, question, choice, by }, nothingTold)).toMatchObject({
        problem: { code: 'answer-not-possible', what: expect.stringContaining("is the person's to choose") },
      });
    }
    expect(await answerQuestion(app.sessions, { id, question, choice: 1, by }, nothingTold)).toEqual(confirmed('\r'));
    expect(closings(id)).toEqual([{ kind: 'answered', by, what: 'Yes', confirmed: true }]);
  });

  it('to a yes or no that holds for longer is the person’s as well', async ({ expect }) => {
    const id = await start(
      `printf "Run it? (Y)es/(N)o/(D)on't ask again [Yes]: "; read -r a; echo "got <$a>"; sleep 600`,
    );
    const { id: question } = await questionOf(id);
    const by = 'san-leader';
    expect(await answerQuestion(app.sessions, { id, question, choice: 3, by }, nothingTold)).toMatchObject({
      problem: { code: 'answer-not-possible', what: expect.stringContaining("is the person's to choose") },
    });
    expect(await answerQuestion(app.sessions, { id, question, choice: 2, by }, nothingTold)).toEqual(confirmed('n\r'));
  });

  it('to one that has ended comes to nothing', async ({ expect }) => {
    const id = await start('printf "Go? [y/N] "; read -r a; sleep 600');
    const { id: question } = await questionOf(id);
    await ask(app, 'session.kill', { id });
    expect(await ask(app, 'session.answer', { id, question, choice: 1 })).toMatchObject({
      problem: { code: 'question-outdated', what: expect.stringContaining('It asks nothing now') },
    });
  });
});
