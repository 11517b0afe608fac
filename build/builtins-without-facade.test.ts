import { describe, expect, it } from 'vitest';
import { withoutFacades } from './builtins-without-facade.ts';

const changed = (line: string): string =>
  withoutFacades(line, line.startsWith('import') ? [{ type: 'ImportDeclaration', start: 0, end: line.length }] : []);

describe('an import of a module of Node', () => {
  it.each([
    [
      'import { join, resolve as at } from "node:path";',
      'const { join, resolve: at } = process.getBuiltinModule("node:path");',
    ],
    ['import fs from "node:fs";', 'const fs = process.getBuiltinModule("node:fs");'],
    ['import * as os from "node:os";', 'const os = process.getBuiltinModule("node:os");'],
    [
      'import { parseArgs as parse$1 } from "node:util";',
      'const { parseArgs: parse$1 } = process.getBuiltinModule("node:util");',
    ],
  ])('%s is taken from the process', (line, taken) => {
    expect(changed(line)).toBe(taken);
  });
});

describe('as it is stays', () => {
  it.each([
    'import { app } from "electron";',
    'import { a } from "./chunk.js";',
    'import "node:fs";',
    'import { default as fs } from "node:fs";',
    'const text = \'import { join } from "node:path";\';',
  ])('%s', (line) => {
    expect(changed(line)).toBe(line);
  });

  it('what stands between and behind imports', () => {
    const code = '#!/usr/bin/env node\nimport fs from "node:fs";\nrun(fs);\n';
    const start = code.indexOf('import');
    const statements = [
      { type: 'ImportDeclaration', start, end: code.indexOf('\nrun') },
      { type: 'ExpressionStatement', start: code.indexOf('run'), end: code.length - 1 },
    ];
    expect(withoutFacades(code, statements)).toBe(
      '#!/usr/bin/env node\nconst fs = process.getBuiltinModule("node:fs");\nrun(fs);\n',
    );
  });
});

it.each([
  [
    'import { createHash, randomBytes as bytes } from "node:crypto";',
    'const createHash = (...given) => process.getBuiltinModule("node:crypto").createHash(...given); const bytes = (...given) => process.getBuiltinModule("node:crypto").randomBytes(...given);',
  ],
  [
    'import { constants, createHash } from "node:crypto";',
    'const { constants, createHash } = process.getBuiltinModule("node:crypto");',
  ],
  ['import { Socket, connect } from "node:net";', 'const { Socket, connect } = process.getBuiltinModule("node:net");'],
])('a costly module is loaded when it is called, where functions alone are taken from it: %s', (code, expected) => {
  expect(withoutFacades(code, [{ type: 'ImportDeclaration', start: 0, end: code.length }])).toBe(expected);
});
