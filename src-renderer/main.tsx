// First: schemas look for it when they are made.
import './no-eval.ts';
import '#shared/lib/zod-without-eval.ts';
import { connectHost } from './connection/host-client.ts';
import { openShell } from './connection/shell-client.ts';
import { start } from './start.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no root');
const shell = openShell();
const bridge = window.athene;
void start(root, {
  connection: connectHost(),
  desktop: shell === null || bridge === undefined ? null : { shell, bridge },
});
