// The fixed answers to a program's questions while no viewer holds the reply lease. Nothing that the program sent is echoed.
import { assertNever } from '#shared/lib/assert-never.ts';
import type { Query } from './scanner.ts';

/**
 * Like those of the viewer's xterm, so that a program sees one terminal whoever answers. The cursor is a known approximation: the
 * host keeps no screen, and programs that ask do so on a fresh line or a cleared screen, hence the upper left corner.
 */
export function replyTo(query: Query): string {
  switch (query.kind) {
    case 'primary-attributes':
      return '\x1b[?1;2c';
    case 'secondary-attributes':
      return '\x1b[>0;276;0c';
    case 'status':
      return '\x1b[0n';
    case 'cursor':
      return '\x1b[1;1R';
    case 'version':
      return '\x1bP>|xterm.js(6.0.0)\x1b\\';
    case 'keyboard':
      return '\x1b[?0u';
    case 'mode':
      // 0: not recognised. A number between 0 and 99999, parsed and printed again, is no data to misuse.
      return `\x1b[${query.private ? '?' : ''}${query.mode};0$y`;
    case 'foreground':
      return '\x1b]10;rgb:e6e6/e6e6/e6e6\x1b\\';
    case 'background':
      return '\x1b]11;rgb:1414/1414/1414\x1b\\';
    case 'cursor-colour':
      return '\x1b]12;rgb:e6e6/e6e6/e6e6\x1b\\';
    default:
      return assertNever(query);
  }
}
