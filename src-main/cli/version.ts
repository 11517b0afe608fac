import { atheneVersion } from '../lib/version.ts';
import type { Command } from './command.ts';

export const version: Command = {
  help: 'athene version',
  async run() {
    process.stdout.write(`athene ${atheneVersion()} (Node ${process.versions.node})\n`);
    return 0;
  },
};
