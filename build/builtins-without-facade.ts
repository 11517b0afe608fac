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
  return `const ${bound} = process.getBuiltinModule("${module}");`;
}
