// Makes the only project of a world one whose worktrees need something: a copied file, a link, and a command that runs before the agent.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from './world.ts';

/** As a person edits it: the project's entry is the last thing in config.yaml. */
const entry = `    copy: [.env]
    link: [tools]
    setUp:
      - 'true'
`;

export function needsSetUp({ repository, home }: World): void {
  writeFileSync(join(repository, '.env'), 'KEY=1\n');
  mkdirSync(join(repository, 'tools'));
  mkdirSync(join(repository, '.git', 'info'), { recursive: true });
  writeFileSync(join(repository, '.git', 'info', 'exclude'), '.env\n');
  appendFileSync(join(home, 'config.yaml'), entry);
}
