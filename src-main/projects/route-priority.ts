// Writes down which notifiers tell of notices of a priority.
import type { Priority } from '#shared/domain/priority.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { HomePaths } from '../storage/paths.ts';
import { broken, editConfig, sectionOf } from './config-file.ts';
import { readNotifiers } from './read-notifiers.ts';

export type RouteProblem = Problem<'notifier-unknown' | 'configuration-broken'>;

export function routePriority(
  paths: HomePaths,
  priority: Priority,
  names: readonly string[],
): Promise<Result<null, RouteProblem>> {
  return editConfig<null, RouteProblem>(paths, (document, config) => {
    const { definitions, broken: bad, troubles } = readNotifiers(config);
    const unknown = names.find((name) => !definitions.has(name) && !bad.some((one) => one.name === name));
    if (unknown !== undefined) return fail(unknownNotifier(unknown));
    // Written over, what can't be read would be lost.
    const trouble = troubles.find(({ field }) => field?.startsWith('notificationRouting.') === true);
    if (trouble !== undefined) return fail(broken(paths.config, { line: trouble.line, why: trouble.what }));
    sectionOf(document, 'notificationRouting').set(priority, [...new Set(names)]);
    return ok(null);
  });
}

export const unknownNotifier = (name: string): Problem<'notifier-unknown'> => ({
  code: 'notifier-unknown',
  what: `There is no notifier called ${JSON.stringify(name.slice(0, 100))}.`,
  kept: 'Nothing was changed.',
  todo: 'Define it below "notifiers" in config.yaml; `athene notify list` shows those that there are.',
});
