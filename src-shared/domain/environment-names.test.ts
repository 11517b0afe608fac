// docs/environment.md is written from the table: `vitest run src-shared/domain/environment-names.test.ts -u`.
import { expect, it } from 'vitest';
import { featureFlags, meaninglessNames, variableNames, type VariableName } from './environment-names.ts';

const cells = (...row: readonly string[]): string => `| ${row.join(' | ')} |`;
const rows = (group: VariableName['group']): string =>
  variableNames
    .filter((one) => one.group === group)
    .map(({ suffix, says }) => cells(`\`${suffix}\``, says))
    .join('\n');

const page = `# Environment variables

Written from \`src-shared/domain/environment-names.ts\` by its test. Each name stands for two: \`ATHENE_…\` and, as it was in agent-orchestrator, \`AO_…\`. Of both the first counts that is set and not empty, \`ATHENE_…\` before \`AO_…\`; what one of
them says to a runtime, it says under both names. A switch is on only when it says \`1\`.

## What you may set

| Name | What it says |
|---|---|
${rows('person')}

Feature flags are off when they say \`0\` or \`false\`; \`athene config env\` shows them.

| Flag | Usually | What it switches |
|---|---|---|
${featureFlags.map(({ suffix, usual, says }) => cells(`\`${suffix}\``, usual ? 'on' : 'off', says)).join('\n')}

Besides, unprefixed: \`XDG_CONFIG_HOME\` (a \`config.yaml\` in \`athene/\` there becomes that of the default home, by a link, when it has none), \`NO_COLOR\`, and what the agents and \`gh\` read themselves.

## What runs in a session is told

| Name | What it says |
|---|---|
${rows('agents')}

The environment of an agent is that of your login shell, then what its definition sets, then the project's \`env\`, then \`PATH\` and these: a project can set neither \`PATH\`, \`GH_PATH\` nor any of these names.

## Between Athene's own processes

| Name | What it says |
|---|---|
${rows('internal')}

## Of agent-orchestrator, without a meaning here

| Name | Why |
|---|---|
${Object.entries(meaninglessNames)
  .map(([name, why]) => cells(name, why))
  .join('\n')}
`;

it('is what docs/environment.md says', async () => {
  await expect(page).toMatchFileSnapshot('../../docs/environment.md');
});

it('names each variable once in its group', () => {
  const names = variableNames.map(({ group, suffix }) => `${group} ${suffix}`);
  expect(new Set(names).size).toBe(names.length);
});
