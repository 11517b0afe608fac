// Writes one value into config.yaml, if the file is right with it; comments are kept.
import { isAlias, isMap, isNode, parseDocument, type Document } from 'yaml';
import { defaultsSchema, lifecycleRulesSchema } from '#shared/domain/configuration.ts';
import { metaOrchestratorSchema } from '#shared/domain/meta-orchestrator.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { projectSchema } from '#shared/domain/project-entry.ts';
import { reactionKeys, reactionRuleSchema } from '#shared/domain/reaction-rule.ts';
import { settingsSchema } from '#shared/domain/settings.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { HomePaths } from '../storage/paths.ts';
import { editConfig, parseConfig, type RawConfig } from './config-file.ts';

export type SetProblem = Problem<'configuration-refused' | 'configuration-broken'>;

/** @param value as YAML; null takes it out. @param troublesIn what is wrong with a file */
export function setValue(
  paths: HomePaths,
  { key, value }: { readonly key: string; readonly value: string | null },
  troublesIn: (config: RawConfig) => readonly string[],
): Promise<Result<null, SetProblem>> {
  const path = key.split('.');
  return editConfig<null, SetProblem>(paths, (document, config) => {
    const fault = keyFault(path, config);
    if (fault !== null) return fail(refused(fault));
    const read = value === null ? null : readValue(value);
    if (read !== null && !read.ok) return read;
    const written = write(document, path, read?.value);
    if (written !== null) return fail(refused(written));
    const before = new Set(troublesIn(config));
    const wrong = troublesIn(parseConfig(document.toString({ lineWidth: 0 }), paths.config)).find(
      (trouble) => !before.has(trouble),
    );
    return wrong === undefined ? ok(null) : fail(refused(wrong));
  });
}

function readValue(text: string): Result<unknown, SetProblem> {
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) return fail(refused(`The value can't be read: ${error.message}`));
  return ok(document.toJS({ maxAliasCount: 0 }) as unknown);
}

/** Null when it was written; else why not. */
function write(document: Document, path: readonly string[], value: unknown): string | null {
  if (value === undefined || value === null) {
    if (document.hasIn(path)) document.deleteIn(path);
    return null;
  }
  for (let length = 1; length < path.length; length += 1) {
    const above = path.slice(0, length);
    const node: unknown = document.getIn(above, true);
    if (isAlias(node)) return `${above.join('.')} stands for another part of the file; change it by hand.`;
    // An empty section is nothing yet.
    if (isNode(node) && !isMap(node) && node.toJSON() === null) document.setIn(above, document.createNode({}));
    else if (node !== undefined && !isMap(node)) return `${above.join('.')} holds no fields.`;
    else if (isMap(node)) node.flow = false;
  }
  document.setIn(path, typeof value === 'object' ? document.createNode(value) : value);
  return null;
}

/** A function: `shape` makes a schema, and not every process sets a value. */
const sections = (): Readonly<Record<string, readonly string[] | null>> => ({
  defaults: Object.keys(defaultsSchema.shape),
  lifecycle: Object.keys(lifecycleRulesSchema.shape),
  settings: Object.keys(settingsSchema.shape),
  reactions: reactionKeys,
  ...{ readyThresholdMs: null, notifiers: null, notificationRouting: null, agents: null },
});
const elsewhere: Readonly<Record<string, string>> = {
  trustWorktrees: 'athene project trust ID on|off',
  acceptedFile: 'athene config accept PROJECT',
};

/** A mistyped key would be written and mean nothing. Null when it is a key. */
function keyFault([section = '', name, field]: readonly string[], { projects }: RawConfig): string | null {
  if (section === 'projects') {
    if (name === undefined || !projects.some((project) => project.name === name))
      return `There is no project ${name ?? ''}. Add one: athene project add PATH`;
    if (field === undefined || !Object.hasOwn(projectSchema.shape, field))
      return unknownIn(`projects.${name}`, Object.keys(projectSchema.shape));
    return Object.hasOwn(elsewhere, field) ? `${field} is changed with: ${elsewhere[field]}` : null;
  }
  if (section === 'metaOrchestrators') {
    const known = Object.keys(metaOrchestratorSchema.shape);
    return field === undefined || !known.includes(field) ? unknownIn('a meta orchestrator', known) : null;
  }
  if (!Object.hasOwn(sections(), section))
    return unknownIn('the file', ['projects', 'metaOrchestrators', ...Object.keys(sections())]);
  const known = sections()[section] ?? null;
  if (known !== null && (name === undefined || !known.includes(name))) return unknownIn(section, known);
  const rules = Object.keys(reactionRuleSchema.shape);
  return section === 'reactions' && field !== undefined && !rules.includes(field)
    ? unknownIn('a reaction', rules)
    : null;
}

const unknownIn = (where: string, known: readonly string[]): string =>
  `There is no such key. Those of ${where}: ${known.join(', ')}`;

const refused = (what: string): SetProblem => ({
  code: 'configuration-refused',
  what: what.slice(0, 2000),
  kept: 'Nothing was changed.',
  todo: 'Look at docs/configuration.md, or open the file with the schema that `athene config schema` prints.',
});
