// npm run dev: installs when needed, then goes on with dev.ts on the Node that Athene ships.
import { ensureInstalled, runOnOwnNode } from './prepare.mjs';

ensureInstalled();
runOnOwnNode('dev.ts');
