// The screen on a host that lives in the page: for looking at it, and for states that are hard to bring about.
// ?sessions=busy|none|many|empty  &slow  &lease=elsewhere
import '../no-eval.ts';
import { contract } from '#shared/contract/contract.ts';
import { connect } from '#shared/rpc/connect.ts';
import { memoryTransportPair } from '#shared/rpc/memory-transport.ts';
import { serve } from '#shared/rpc/serve.ts';
import { start } from '../start.tsx';
import { fakeHost } from './fake-host.ts';
import { printers } from './fake-terminal.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no root');
const wanted = new URLSearchParams(location.search);
const host = fakeHost({ sessions: wanted.get('sessions') ?? 'busy', lease: wanted.get('lease') !== 'elsewhere' });
let cut: () => void = () => undefined;
const surroundings = start(root, () => {
  const [mine, theirs] = memoryTransportPair();
  serve(contract, host.handlers, theirs, null, { onError: (error) => console.error(error) });
  cut = () => theirs.close('cut by hand');
  if (host.down) queueMicrotask(() => theirs.close('host is down'));
  return connect(contract, mine);
});
Object.assign(window, {
  dev: { host, surroundings, cut: () => cut(), print: (id: string, text: string) => printers.get(id)?.(text) },
});
