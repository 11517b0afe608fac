// npm test: installs when needed, then goes on with test.ts on the Node that Athene ships.
import { ensureInstalled, runOnOwnNode } from './prepare.mjs';

ensureInstalled();
runOnOwnNode('test.ts');
