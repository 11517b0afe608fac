// npm run bench: installs when needed, then goes on with bench.ts on the Node that Athene ships.
import { ensureInstalled, runOnOwnNode } from './prepare.mjs';

ensureInstalled();
runOnOwnNode('bench.ts');
