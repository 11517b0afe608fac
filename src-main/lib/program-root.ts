// Where the programs stand that others run: Node, pty host, mirror, demo agent, the command.
import { packageRoot } from './package-root.ts';

/**
 * Set once, before anything is started. A process has one set of programs as it has one executable, and every door that starts
 * something needs it: handed down as a parameter it would pass through all of them and never differ.
 */
let chosen: string | undefined;

/** For the packaged desktop app, whose own files lie in an archive that no other process can run from. */
export function setProgramRoot(path: string): void {
  if (chosen !== undefined && chosen !== path) throw new Error(`Programs run from ${chosen} already, not from ${path}`);
  chosen = path;
}

/** Absolute: a directory with `bin/`, `dist/` and `node_modules/`. The running package unless another was chosen. */
export const programRoot = (): string => chosen ?? packageRoot();
