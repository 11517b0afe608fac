// Node's own modules, taken from the process instead of imported: an import reads all their exports, which loads half of Node (streams,
// fetch, argon2 …) into a command that is over in a tenth of a second.
import type { Plugin } from 'vite';

export function builtinsWithoutFacade(): Plugin {
  return {
    name: 'builtins-without-facade',
    renderChunk(code) {
      // Statements stay on their lines, so that the source map holds.
      return { code: withoutFacades(code, this.parse(code).body), map: null };
    },
  };
}

interface Statement {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Pure. `statements`: those at the top of `code`, in its order. */
export function withoutFacades(code: string, statements: readonly Statement[]): string {
  let [taken, at] = ['', 0];
  for (const { type, start, end } of statements) {
    if (type !== 'ImportDeclaration') continue;
    taken += code.slice(at, start) + withoutFacade(code.slice(start, end));
    at = end;
  }
  return taken + code.slice(at);
}

/** One in a form of which nothing is known stays as it is. */
function withoutFacade(statement: string): string {
  const match = /^import (?:(\w[\w$]*)|\* as (\w[\w$]*)|(\{[^}]*\})) from ["'](node:[\w/]+)["'];?$/.exec(statement);
  const [, whole, namespace, names, module] = match ?? [];
  const bound = whole ?? namespace ?? names?.replaceAll(' as ', ': ');
  if (bound === undefined || /\bdefault:/.test(bound)) return statement;
  if (names !== undefined && module !== undefined && costly.has(module))
    return whenCalled(names, module) ?? `const ${bound} = process.getBuiltinModule("${module}");`;
  return `const ${bound} = process.getBuiltinModule("${module}");`;
}

/** Those that load much of Node behind them: one to twelve milliseconds each. */
const costly: ReadonlySet<string> = new Set([
  'node:child_process',
  'node:crypto',
  'node:fs/promises',
  'node:http',
  'node:https',
  'node:module',
  'node:net',
  'node:readline',
  'node:timers/promises',
  'node:zlib',
]);

/** Functions of a module that is loaded when one of them is first called. Null: something else is taken from it, too. */
function whenCalled(names: string, module: string): string | null {
  const exported = new Map(Object.entries(process.getBuiltinModule(module) ?? {}));
  const pairs = names
    .slice(1, -1)
    .split(',')
    .map((each) => each.trim().split(' as '))
    .map(([name = '', local = name]) => [name, local] as const);
  if (!pairs.every(([name]) => /^[a-z]\w*$/.test(name) && typeof exported.get(name) === 'function')) return null;
  return pairs
    .map(([name, local]) => `const ${local} = (...given) => process.getBuiltinModule("${module}").${name}(...given);`)
    .join(' ');
}
