// First: schemas look for it when they are made.
import './no-eval.ts';
import '#shared/lib/zod-without-eval.ts';
import { isSignedOut, openWebSocketClient } from './connection/host-client.ts';
import { start } from './start.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no root');
start(
  root,
  () => openWebSocketClient(location),
  () => isSignedOut(location),
);
