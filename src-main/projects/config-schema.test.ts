// The files in schema/ are written from the schemas that read configuration: `vitest run src-main/projects/config-schema.test.ts -u`.
import { expect, it } from 'vitest';
import { configJsonSchema, repositoryJsonSchema } from './config-schema.ts';

it('schema/ says what config.yaml may hold', async () => {
  await expect(configJsonSchema()).toMatchFileSnapshot('../../schema/athene.schema.json');
});

it("schema/ says what a repository's own file may hold", async () => {
  await expect(repositoryJsonSchema()).toMatchFileSnapshot('../../schema/athene-repository.schema.json');
});
