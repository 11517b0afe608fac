// What a person asks of notifiers: which there are, whether one works, and where notices go.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { NotifierSettings, NotifierView } from '#shared/domain/notifier.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import { makeNotifier, whereOf, type NotifierSurroundings } from '../plugins/notifiers/make-notifier.ts';
import type { Tidings } from '../plugins/notifiers/notifier.ts';
import { unknownNotifier } from '../projects/route-priority.ts';
import { tell } from './deliver-notices.ts';
import type { NoticeDependencies } from './dependencies.ts';

type Dependencies = Pick<NoticeDependencies, 'configuration' | 'surroundings' | 'now' | 'newId'>;

/** @param surroundings null: whether variables are there is not asked */
export function notifierSettings(
  { configuration }: Pick<Dependencies, 'configuration'>,
  surroundings: NotifierSurroundings | null = null,
): NotifierSettings {
  const { definitions, broken, routing, projects } = configuration.notifiers();
  const views = [...definitions].map(([name, definition]): NotifierView => {
    const made = surroundings === null ? null : makeNotifier(definition, surroundings);
    const problem = made === null || made.ok ? null : made.problem;
    return { name, plugin: definition.plugin, where: whereOf(definition), problem };
  });
  const bad = broken.map(({ name, reason }): NotifierView => ({
    name: name.slice(0, 40),
    plugin: null,
    where: '',
    problem: reason,
  }));
  return { notifiers: [...views, ...bad], routing, projects };
}

export async function testNotifier(
  dependencies: Dependencies,
  name: string,
): Promise<Result<{ readonly told: boolean }, Problem<CodeOf<AtheneContract, 'notifier.test'>>>> {
  const { configuration, now, newId } = dependencies;
  const { definitions, broken } = configuration.notifiers();
  const definition = definitions.get(name);
  if (definition?.plugin === 'desktop') return ok({ told: false });
  if (definition === undefined && !broken.some((one) => one.name === name)) return fail(unknownNotifier(name));
  const outcome = await tell(dependencies, name, sample(newId(), now()), new AbortController().signal);
  if (outcome.kind === 'told') return ok({ told: true });
  return fail({
    code: 'notifier-failed',
    what: outcome.why,
    kept: 'It was tried once; notices that wait for it are not touched.',
    todo: `Look at its entry below "notifiers" in config.yaml, then try again: athene notify test ${name}`,
  });
}

const sample = (id: string, at: number): Tidings => ({
  ...{ id, at, kind: 'test', priority: 'info', sessions: [] },
  title: 'A test from Athene',
  body: 'Notices come here.',
});
