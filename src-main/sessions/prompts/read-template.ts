// The templates, as they are shipped: readable files beside the programs.
import { join } from 'node:path';
import { readTextIfThere } from '../../lib/files.ts';
import { programRoot } from '../../lib/program-root.ts';

export type TemplateName = 'worker' | 'orchestrator' | 'meta-orchestrator';

/** Throws when it is not there: the installation is not whole. */
export function readTemplate(name: TemplateName): string {
  const file = join(programRoot(), 'prompts', `${name}.md`);
  const text = readTextIfThere(file);
  if (text === null) throw new Error(`${file} is missing: install Athene again`);
  return text;
}
