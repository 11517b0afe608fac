// npm start: installs when needed, then goes on with start.ts on the Node that Athene ships.
import { ensureInstalled, runOnOwnNode } from './prepare.mjs';

ensureInstalled();
runOnOwnNode('start.ts');
