import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeTree } from '../lib/fixtures/program-tree.ts';
import { packageRoot } from '../lib/package-root.ts';
import { programRoot, setProgramRoot } from '../lib/program-root.ts';
import { installShippedPrograms } from './shipped-programs.ts';

let world: string;
beforeEach(() => {
  world = realpathSync(mkdtempSync(join(tmpdir(), 'athene-shipped-')));
});
afterEach(() => rmSync(world, { recursive: true, force: true }));

it('in a checkout nothing is copied, and programs run from there', async () => {
  const outcome = await installShippedPrograms({
    packaged: false,
    resources: world,
    env: { ATHENE_HOME: join(world, 'home') },
  });
  expect([outcome.ok, programRoot(), readdirSync(world)]).toEqual([true, packageRoot(), []]);
});

it('a damaged app says so, and programs stay where they were', async () => {
  const outcome = await installShippedPrograms({
    packaged: true,
    resources: world,
    env: { ATHENE_HOME: join(world, 'home') },
  });
  expect(outcome).toMatchObject({ ok: false, problem: { code: 'programs-not-installed' } });
  expect(programRoot()).toBe(packageRoot());
});

it('packaged, everything that is started comes from the copy in the home, and stays there', async () => {
  makeTree(join(world, 'runtime'), { 'bin/athene': '#!/bin/sh\n' });
  const outcome = await installShippedPrograms({
    packaged: true,
    resources: world,
    env: { ATHENE_HOME: join(world, 'home') },
  });
  expect(outcome.ok).toBe(true);
  expect(programRoot()).toMatch(new RegExp(`^${join(world, 'home', 'runtime')}/1\\.2\\.3-[0-9a-f]{8}$`));
  expect(() => setProgramRoot('/elsewhere')).toThrow(/run from .* already/);
});
