import { atheneVersion } from '../lib/version.ts';
import { defineCommand } from './command.ts';

export const version = defineCommand({
  name: 'version',
  summary: 'the version of Athene and of its Node',
  async run() {
    process.stdout.write(`athene ${atheneVersion()} (Node ${process.versions.node})\n`);
    return 0;
  },
});
