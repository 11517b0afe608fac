// Answers a question: only while it is the one on the screen, once, with exactly its keys, and with a look at what becomes of it.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { Answer, Choice, FoundQuestion } from '#shared/domain/asked-question.ts';
import { frozenOf } from '#shared/domain/frozen.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf, OutputOf } from '#shared/rpc/define-contract.ts';
import { redact } from '../../lib/log.ts';
import {
  closeQuestion,
  findQuestion,
  giveBackQuestion,
  takeQuestion,
  type Closing,
  type StoredQuestion,
} from '../../storage/questions.ts';
import type { ReadTransaction } from '../../storage/store.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { keystrokes, withoutControls } from '../send/keystrokes.ts';
import { findSession } from '../session-record.ts';
import { isAsked, waitUntilSeenOff } from './is-asked.ts';
import { lookOnce, type QuestionLook } from './look-at-question.ts';
import { pressKeys } from './press-keys.ts';

type AnswerProblem = Problem<CodeOf<AtheneContract, 'session.answer'>>;
/** When a hook last told that it went on. */
type ToldOf = (tx: ReadTransaction, record: SessionRecord) => { readonly wentOnAt: number | null };
type Answered = OutputOf<AtheneContract, 'session.answer'>;

export type Answering = Answer & {
  readonly id: string;
  readonly question: string;
  /** `person`, or the session that leads it: that one gives no answer that lasts. */
  readonly by: string;
};

export async function answerQuestion(
  dependencies: SessionDependencies,
  answering: Answering,
  told: ToldOf,
): Promise<Result<Answered, AnswerProblem>> {
  const { store, identity } = dependencies;
  const session = findSession(dependencies, answering.id);
  if (!session.ok) return fail({ ...session.problem, code: 'session-unknown' });
  if (frozenOf(session.value) !== null) return fail(paused(answering.id));
  const asked = store.read((tx) => findQuestion(tx, answering.question));
  if (asked === null || asked.session !== answering.id) return fail(unknown(answering.id));
  if (asked.closed !== null) return fail(outdated(asked, await lookNow(dependencies, asked)));
  const choice = 'choice' in answering ? chosen(asked.found, answering.choice) : null;
  const refusal = refusalOf(asked, answering, choice);
  if (refusal !== null) return fail(refusal);
  const { by } = answering;
  const taken = await store.write('answer: take', (tx) => takeQuestion(tx, asked.id, { ...identity, by, at: tx.now }));
  if (!taken) return fail(await lost(dependencies, asked));
  const text = 'text' in answering ? answering.text : '';
  const wentOnAt = () => store.read((tx) => told(tx, session.value).wentOnAt);
  return deliver(dependencies, { asked, choice, text, by, wentOnAt });
}

interface Delivering {
  readonly asked: StoredQuestion;
  /** Null: the text is the answer. */
  readonly choice: Choice | null;
  readonly text: string;
  readonly by: string;
  readonly wentOnAt: () => number | null;
}

const chosen = ({ choices }: FoundQuestion, number: number): Choice | null =>
  choices.find((choice) => choice.number === number) ?? null;

/** Before anything is done. */
function refusalOf({ session, found }: StoredQuestion, answering: Answering, choice: Choice | null) {
  if ('text' in answering) {
    if (!found.takesText) return notPossible(`What ${session} asks takes no text.`, found);
    return withoutControls(answering.text).trim() === '' ? notPossible('The answer is empty.', found) : null;
  }
  if (choice === null) return notPossible(`What ${session} asks has no choice ${answering.choice}.`, found);
  return answering.by !== 'person' && lasts(found, choice) ? onlyPerson(choice) : null;
}

/** Of what is allowed only what is plainly for once is not more than that; of a yes or no, what is neither and says so. */
const lasts = ({ kind, choices }: FoundQuestion, { meaning, label }: Choice): boolean =>
  (meaning !== 'deny' && (kind === 'trust' || (kind === 'permission' && meaning !== 'allow-once'))) ||
  (isYesOrNo(choices) && /\b(?:all|always|ask again)\b/iu.test(label));

const isYesOrNo = (choices: FoundQuestion['choices']): boolean =>
  [/^yes$/iu, /^no$/iu].every((word) => choices.some(({ label }) => word.test(label)));

async function deliver(
  dependencies: SessionDependencies,
  delivering: Delivering,
): Promise<Result<Answered, AnswerProblem>> {
  const { store } = dependencies;
  const { asked, choice, text } = delivering;
  const look = await lookNow(dependencies, asked);
  const gone = look.kind === 'unknown' ? null : closingOf(asked, look);
  if (look.kind === 'unknown') {
    await store.write('answer: give back', (tx) => giveBackQuestion(tx, asked.id));
    return fail({ code: 'runtime-unreachable', what: look.why, kept: nothingSent });
  }
  if (gone !== null || look.kind === 'ended') {
    await store.write('answer: outdated', (tx) => closeQuestion(tx, asked, gone ?? { kind: 'ended' }));
    return fail(outdated(asked, look));
  }
  const { screen } = look;
  const typed = Buffer.from(keystrokes(withoutControls(text), screen.bracketedPaste === true)).toString();
  const keys = choice?.keys ?? `${typed}\r`;
  const pressed = await pressKeys(dependencies, { terminal: asked.terminal, keys, choice, before: screen });
  if (pressed.kind === 'failed' && !pressed.typed) {
    await store.write('answer: give back', (tx) => giveBackQuestion(tx, asked.id));
    return fail({ code: 'runtime-unreachable', what: pressed.why, kept: nothingSent });
  }
  const isSeen =
    pressed.kind === 'pressed' &&
    (await waitUntilSeenOff(dependencies, asked, { before: screen, wentOnAt: delivering.wentOnAt }));
  await closeAnswered(dependencies, delivering, isSeen);
  const why = pressed.kind === 'pressed' ? notSeen : pressed.why;
  return ok({ outcome: isSeen ? 'confirmed' : 'not-confirmed', why: isSeen ? null : why, sent: keys });
}

/** Why it is not the one on the screen; null when it is. */
function closingOf(asked: StoredQuestion, look: Exclude<QuestionLook, { kind: 'unknown' }>): Closing | null {
  if (look.kind === 'ended') return { kind: 'ended' };
  const { inputAt } = look.status;
  if (inputAt !== null && inputAt > asked.asked) return { kind: 'typed' };
  if (look.found === null) return { kind: 'withdrawn' };
  return isAsked(asked, look.found) ? null : { kind: 'outdated' };
}

const closeAnswered = ({ store }: SessionDependencies, { asked, choice, by }: Delivering, confirmed: boolean) =>
  store.write('answer: close', (tx) => {
    // What somebody typed may be anything, also a secret: that it was a text is enough.
    const what = choice === null ? 'a text' : (redact(choice.label, 0) as string);
    return closeQuestion(tx, asked, { kind: 'answered', by, what, confirmed });
  });

const nothingSent = 'Nothing was sent.';
const notSeen = 'Its screen does not show that the answer arrived; it is not typed again by itself.';

const unknown = (id: string): AnswerProblem => ({
  code: 'question-unknown',
  what: `${id} asked no such question, or long ago.`,
  kept: nothingSent,
});

/** Its terminal would echo what is typed as if it had arrived. */
const paused = (id: string): AnswerProblem => ({
  code: 'answer-not-possible',
  what: `${id} is paused: nobody takes the answer.`,
  kept: nothingSent,
  todo: `Let it go on first: athene session thaw ${id}`,
});

const lookNow = (dependencies: SessionDependencies, { session, terminal }: StoredQuestion): Promise<QuestionLook> =>
  lookOnce(dependencies, session, terminal);

/** Somebody else was quicker: is about to answer it, or has. */
async function lost(dependencies: SessionDependencies, asked: StoredQuestion): Promise<AnswerProblem> {
  const isOpen = dependencies.store.read((tx) => findQuestion(tx, asked.id))?.closed === null;
  if (!isOpen) return outdated(asked, await lookNow(dependencies, asked));
  return {
    code: 'question-outdated',
    what: `Somebody else is answering this question of ${asked.session}.`,
    kept: nothingSent,
  };
}

const outdated = ({ session }: StoredQuestion, look: QuestionLook): AnswerProblem => ({
  code: 'question-outdated',
  what: `${session} does not ask this any more.${nowAsked(look)}`,
  kept: nothingSent,
});

function nowAsked(look: QuestionLook): string {
  if (look.kind === 'unknown') return '';
  return look.kind === 'ended' || look.found === null ? ' It asks nothing now.' : ` It asks now: ${look.found.text}`;
}

const notPossible = (what: string, { choices, takesText }: FoundQuestion): AnswerProblem => ({
  code: 'answer-not-possible',
  what,
  kept: nothingSent,
  todo:
    choices.length === 0 && !takesText
      ? 'It is not known what could be typed for it: open its terminal.'
      : [
          ...choices.map(({ number, label }) => `${number}: ${label}`),
          ...(takesText ? ['Or a text of your own.'] : []),
        ].join('\n'),
});

const onlyPerson = ({ label }: Choice): AnswerProblem => ({
  code: 'answer-not-possible',
  what: `"${label}" holds for longer than this once, and is the person's to choose.`,
  kept: nothingSent,
  todo: 'Choose one that holds once, or ask the person.',
});
