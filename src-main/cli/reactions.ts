// `athene reactions`: what happens by itself, and what is about to.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { ReactionView, RuleView, SessionReactions } from '#shared/domain/reaction-view.ts';
import { ruleWords } from '#shared/domain/rule-words.ts';
import type { OutputOf } from '#shared/rpc/define-contract.ts';
import type { Host } from '../host/host.ts';
import { defineCommand, jsonOption } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { age, jsonLine, plain, plainLines, table } from './table.ts';

type Listed = OutputOf<AtheneContract, 'reaction.list'>;

export const reactions = defineCommand({
  name: 'reactions',
  summary: 'what happens by itself: the rules, what triggered them, what comes next, and why one does not act',
  words: [{ name: 'PROJECT|ID', optional: true, takes: 'session' }],
  options: {
    ...jsonOption,
    explain: { says: 'where each part of a rule comes from, and what agents would be told now' },
  },
  notes: 'The app or the server that supervises acts on them; this command only looks.',
  async run({ values, words: [of] }) {
    return withHost(async (host) => {
      const isProject = of !== undefined && host.projects().some(({ id }) => id === of);
      const listed = await ask(host, 'reaction.list', {
        project: isProject ? of : null,
        session: isProject ? null : (of ?? null),
      });
      const texts = values.explain === true ? await textsOf(host, listed.sessions) : new Map<string, string>();
      if (values.json === true)
        process.stdout.write(
          jsonLine({ data: { ...listed, ...(texts.size === 0 ? {} : { texts: Object.fromEntries(texts) }) } }),
        );
      else process.stdout.write(`${asText(listed, { explain: values.explain === true, texts }).join('\n')}\n`);
      return host.storage?.empty === true ? 1 : 0;
    });
  },
});

const nameOf = (session: string, key: string): string => `${session} ${key}`;

async function textsOf(host: Host, sessions: readonly SessionReactions[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const { session, reactions: all } of sessions)
    for (const { key, what } of all) {
      if (what === null) continue;
      const { text } = await ask(host, 'reaction.preview', { id: session, key });
      if (text !== null) texts.set(nameOf(session, key), text);
    }
  return texts;
}

interface How {
  readonly explain: boolean;
  readonly texts: ReadonlyMap<string, string>;
}

function asText({ rules, sessions }: Listed, how: How): readonly string[] {
  return [
    table(
      rules.map((rule) => [
        rule.project ?? 'all',
        rule.key,
        plain(ruleWords(rule.rule)),
        how.explain ? originWords(rule) : '',
      ]),
    ),
    '',
    ...(sessions.length === 0 ? ['Nothing is triggered now.'] : sessions.flatMap((one) => sessionLines(one, how))),
  ];
}

const originWords = ({ from }: RuleView): string =>
  Object.entries(from)
    .map(([field, origin]) => `${field}: ${origin}`)
    .join(', ');

const sessionLines = ({ session, reactions: all, cleanup }: SessionReactions, how: How): readonly string[] => [
  session,
  ...all.flatMap((one) => [
    `  ${one.key}: ${plain(stateWords(one))}`,
    ...indented(how.texts.get(nameOf(session, one.key))),
  ]),
  ...(cleanup === null ? [] : [`  merged: ${plain(cleanup)}`]),
];

const indented = (text: string | undefined): readonly string[] =>
  text === undefined
    ? []
    : plainLines(text)
        .split('\n')
        .map((line) => `    | ${line}`.trimEnd());

function stateWords(one: ReactionView): string {
  const { what, attempts, most, escalatesAt, plan } = one;
  const now = Date.now();
  const next =
    plan.kind === 'due'
      ? plan.at <= now
        ? 'Its agent is told now.'
        : `Its agent is told in ${age(plan.at - now)}.`
      : plan.kind === 'held'
        ? `Its agent is told later: ${plan.why}`
        : plan.kind === 'rests'
          ? plan.why
          : 'It is over.';
  return [
    what ?? 'Nothing triggers it now.',
    attempts === 0 ? null : `Told ${attempts}${most === null ? '' : ` of ${most}`} times.`,
    next,
    escalatesAt === null ? null : `It is your affair in ${age(Math.max(0, escalatesAt - now))}.`,
  ]
    .filter((part) => part !== null)
    .join(' ');
}
