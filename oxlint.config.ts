// Lint rules. The import bans are made from the layer table, so that the message names the right door.
import { defineConfig } from 'oxlint';
import { type Door, outside, rooms } from './build/layers.ts';
import { isOpen } from './build/layer-check.ts';
import { electronDoors } from './build/electron-doors.ts';

const tests = ['**/*.test.ts', '**/*.test.tsx', '**/*-suite.ts', '**/fixtures/**'];

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'react', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: { typeAware: true },
  ignorePatterns: ['dist/**', '.cache/**', 'test-results/**'],
  rules: {
    'no-empty': 'error',
    'no-eval': 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    eqeqeq: 'error',
    'no-fallthrough': 'error',
    'no-throw-literal': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/only-throw-error': 'error',
    'unicorn/no-abusive-eslint-disable': 'error',
    'react/rules-of-hooks': 'error',
    'react/exhaustive-deps': 'error',
    // Text from outside is text: see src-main/electron/hardening/one-place.test.ts for the ways beside React.
    'react/no-danger': 'error',
    'react/jsx-no-script-url': 'error',
    // The compiler does the JSX transform.
    'react/react-in-jsx-scope': 'off',
    // A file is read top-down here: the exported thing first, what it uses below.
    'no-use-before-define': 'off',
    // Shadowing is how a narrowed or renewed value keeps its name.
    'no-shadow': 'off',
    // Things are done one after the other on purpose: order is the point of steps and of cleaning up.
    'no-await-in-loop': 'off',
    'import/no-unassigned-import': 'off',
    // `toSorted` and friends copy; arrays made on the same line may be sorted in place.
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    'typescript/consistent-return': 'off',
    // Rows, JSON and errno errors come in as unknown; where their shape matters it is checked by a schema.
    'typescript/no-unsafe-type-assertion': 'off',
    // `get<Row>(sql)` says what the caller expects of its statement.
    'typescript/no-unnecessary-type-parameters': 'off',
    'unicorn/consistent-function-scoping': 'off',
    // Dependencies are objects of functions, taken apart where they are used; none of them needs `this`.
    'typescript/unbound-method': 'off',
    // Code points are what is meant where a string is spread.
    'typescript/no-misused-spread': 'off',
    // `for (…; total === 0 || n < total; …)` is meant.
    'no-unmodified-loop-condition': 'off',
    // Tests wait on facts (`await shows('…')` is an assertion), compare in loops, and give `expect` a message.
    'vitest/expect-expect': 'off',
    'vitest/no-conditional-expect': 'off',
    'vitest/no-standalone-expect': 'off',
    'vitest/require-to-throw-message': 'off',
    'vitest/valid-expect': 'off',
    // `...[a, b]` keeps the values of a statement on one line.
    'unicorn/no-useless-spread': 'off',
    // Names of others: private members of node-pty, `_meta`.
    'no-underscore-dangle': 'off',
    // Names of the contract's members are strings, not enums.
    'typescript/no-unsafe-enum-assignment': 'off',
    // The compiler knows better what a CommonJS package exports.
    'import/default': 'off',
    'import/no-named-as-default-member': 'off',
    'import/no-named-as-default': 'off',
  },
  overrides: [
    // The last override that matches replaces the bans of the ones before: from the outer rooms to the inner ones.
    ...[...new Set([...rooms.map(({ path }) => path), ...outside.flatMap(({ rooms: open }) => open)])]
      .filter((path) => !path.endsWith('/*'))
      .sort((a, b) => a.length - b.length)
      .map((path) => ({ files: filesOf(path), rules: { 'no-restricted-imports': bans(path) } })),
    // The same once more where parts of Electron have a file of their own.
    ...['src-main/electron', ...new Set(electronDoors.flatMap(({ files }) => files))].map((path) => ({
      files: filesOf(path),
      rules: { 'no-restricted-imports': bans(path, electronBans(path)) },
    })),
    { files: tests, rules: { 'no-restricted-imports': 'off' as const } },
    // Playwright's fixtures call `use`, which is no hook.
    { files: ['e2e/**'], rules: { 'react/rules-of-hooks': 'off' as const } },
  ],
});

function filesOf(path: string): string[] {
  if (path.endsWith('.ts')) return [path];
  const isFolder = !/\/(protocol|program)$/.test(path);
  return isFolder ? [`${path}/**`] : [`${path}*.ts`, `${path}/**`];
}

interface Ban {
  readonly name: string;
  /** All of them when absent. */
  readonly importNames?: string[];
  readonly message: string;
  readonly allowTypeImports: true;
}

function bans(path: string, more: readonly Ban[] = []): ['error', { paths: Ban[] }] {
  const file = path.endsWith('.ts') ? path : `${path}/any.ts`;
  const closed = outside.filter((door) => !isOpen(door, file));
  return ['error', { paths: [...closed.flatMap(bansOf), ...more] }];
}

function electronBans(path: string): Ban[] {
  return electronDoors
    .filter(({ files }) => !files.includes(path))
    .map(({ names, files, instead }) => ({
      name: 'electron',
      importNames: [...names],
      message: `${files.length === 0 ? 'Nobody uses this' : `Only ${files.join(', ')} may use this`}; ${instead}.`,
      allowTypeImports: true,
    }));
}

function bansOf({ names, rooms: open, instead }: Door): Ban[] {
  const message = `Only ${open.join(', ')} may import this; ${instead}.`;
  return names.flatMap((name) => {
    const bare = name.startsWith('node:') ? [name, name.slice('node:'.length)] : [name];
    return bare.map((one) => ({ name: one, message, allowTypeImports: true }));
  });
}
