import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryRepository, type TemporaryRepository } from '../lib/fixtures/temporary-repository.ts';
import { createConfigurationReader } from './configuration-reader.ts';

let repository: TemporaryRepository;
beforeEach(() => {
  repository = temporaryRepository();
});
afterEach(() => repository.end());

const reading = (text: string) => {
  writeFileSync(repository.paths.config, text);
  const reader = createConfigurationReader(repository.paths);
  return [Object.fromEntries(reader.projectNames()), reader.hasPlugins(), reader.spawnsPaused()];
};

it('answers what a command asks, whether or not it takes the parser to know', () => {
  expect(reading('')).toEqual([{}, false, false]);
  expect(reading('projects: {app: {path: /gone}}\nsettings: {theme: dark}\n')).toEqual([{}, false, false]);
  expect(reading('projects: {app: {path: /gone, name: The app}, lib: {path: /gone}}\n')).toEqual([
    ...[{ app: 'The app' }, false, false],
  ]);
  expect(reading('plugins: [{source: /a/plug-in}]\nsettings: {spawnsPaused: true}\n')).toEqual([{}, true, true]);
  // Words in comments and in other values are no keys.
  expect(reading('# name, plugins, spawnsPaused\nprojects: {}\n')).toEqual([{}, false, false]);
});

it('finds a key that is written in escapes', () => {
  expect(reading('"pl\\u0075gins": [{source: /a/plug-in}]\nsettings: {"spawns\\x50aused": true}\n')).toEqual([
    ...[{}, true, true],
  ]);
});

it('takes a broken file, or one that is no file, for one that says nothing', () => {
  expect(reading('plugins: [\nname: : :\nsettings: {spawnsPaused: yes please}\n').slice(2)).toEqual([false]);
  const reader = createConfigurationReader({ config: repository.paths.home });
  expect([reader.hasPlugins(), reader.spawnsPaused()]).toEqual([false, false]);
});
