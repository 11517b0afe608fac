import type { TerminalExit } from '#shared/domain/terminal.ts';

/** `exit 0`, `signal 9`, or that nobody knows. */
export function exitWords({ code, signal }: Pick<TerminalExit, 'code' | 'signal'>): string {
  if (signal !== null && signal !== 0) return `signal ${signal}`;
  return code === null ? 'exit unknown' : `exit ${code}`;
}
