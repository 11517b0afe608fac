// npm run test:agents: installs when needed, then goes on with test-agents.ts on the Node that Athene ships.
import { ensureInstalled, runOnOwnNode } from './prepare.mjs';

ensureInstalled();
runOnOwnNode('test-agents.ts');
