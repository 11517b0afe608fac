// Writes a meta orchestrator into config.yaml, or takes it out; comments are kept.
import { isMap, type Document } from 'yaml';
import { metaNameSchema } from '#shared/domain/coordinator.ts';
import { metaOrchestratorSchema, type MetaOrchestrator } from '#shared/domain/meta-orchestrator.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { HomePaths } from '../storage/paths.ts';
import { editConfig, sectionOf } from './config-file.ts';
import { unknownInScope } from './whole-config.ts';

export type MetaOrchestratorProblem = Problem<'meta-orchestrator-refused' | 'configuration-broken'>;

/** Whatever else its entry has stays: a field that is not given is taken out only when it is one of these. */
export const saveMetaOrchestrator = (
  paths: HomePaths,
  name: string,
  entry: MetaOrchestrator,
): Promise<Result<MetaOrchestrator, MetaOrchestratorProblem>> =>
  editConfig<MetaOrchestrator, MetaOrchestratorProblem>(paths, (document, { projects }) => {
    if (!metaNameSchema.safeParse(name).success) return fail(refused(`Unsafe meta orchestrator name: "${name}"`));
    const parsed = metaOrchestratorSchema.safeParse(entry);
    if (!parsed.success) return fail(refused(parsed.error.issues.map(({ message }) => message).join('; ')));
    const known = projects.map((project) => project.name);
    const unknown = unknownInScope(name, parsed.data, known);
    if (unknown !== null) return fail(refused(unknown));
    write(document, name, parsed.data);
    return ok(parsed.data);
  });

function write(document: Document, name: string, { scope, discover, agent, rules }: MetaOrchestrator): void {
  const section = sectionOf(document, 'metaOrchestrators');
  const there: unknown = section.get(name);
  if (!isMap(there)) {
    const fields = Object.entries({ scope, discover, agent, rules }).filter(([, value]) => value !== undefined);
    section.set(document.createNode(name), document.createNode(Object.fromEntries(fields)));
    return;
  }
  for (const [field, value] of Object.entries({ scope, discover, agent, rules })) {
    if (value === undefined) there.delete(field);
    else if (JSON.stringify(there.toJSON()[field]) !== JSON.stringify(value)) {
      there.set(field, typeof value === 'object' ? document.createNode(value) : value);
    }
  }
}

/** Taking out one that is not there is no mistake: it is gone, as was wished. */
export const removeMetaOrchestrator = (
  paths: HomePaths,
  name: string,
): Promise<Result<null, Problem<'configuration-broken'>>> =>
  editConfig<null, never>(paths, (document) => {
    const section: unknown = document.get('metaOrchestrators');
    if (isMap(section)) section.delete(name);
    if (isMap(section) && section.items.length === 0) document.delete('metaOrchestrators');
    return ok(null);
  });

const refused = (what: string): MetaOrchestratorProblem => ({
  code: 'meta-orchestrator-refused',
  what: what.slice(0, 1000),
  kept: 'Nothing was changed.',
  todo: 'athene project ls shows the projects that there are.',
});
