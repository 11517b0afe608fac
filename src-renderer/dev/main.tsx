// The screen on a host that lives in the page: for looking at it, and for states that are hard to bring about.
// ?sessions=busy|led|fleet|none|many|waiting|working|empty  &lease=elsewhere  &paused  &muted  &recovered=some|held
// As a desktop app: &desktop=mac|windows|linux  &window=SESSION (in its own window)  &popped=SESSION,…  &restored
import '../no-eval.ts';
import { contract } from '#shared/contract/contract.ts';
import { shellContract } from '#shared/contract/shell-contract.ts';
import type { DesktopBridge } from '#shared/domain/desktop-bridge.ts';
import { connect } from '#shared/rpc/connect.ts';
import { memoryTransportPair } from '#shared/rpc/memory-transport.ts';
import { serve } from '#shared/rpc/serve.ts';
import { keepConnected } from '../connection/kept-connection.ts';
import { start } from '../start.tsx';
import { fakeHost } from './fake-host.ts';
import { fakeShell } from './fake-shell.ts';
import { printers } from './fake-terminal.ts';
import './pretended.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no root');
const wanted = new URLSearchParams(location.search);
const host = fakeHost({
  sessions: wanted.get('sessions') ?? 'busy',
  recovered: wanted.get('recovered'),
  lease: wanted.get('lease') !== 'elsewhere',
  settings: {
    ...(wanted.has('paused') ? { spawnsPaused: true } : {}),
    ...(wanted.has('muted') ? { mutedUntil: Date.now() + 3_600_000 } : {}),
  },
});
const shell = fakeShell({
  session: wanted.get('window'),
  popped: wanted.get('popped')?.split(',') ?? [],
  restored: wanted.has('restored'),
  folder: '/home/you/code/new-project',
});
const onError = (error: unknown): void => console.error(error);
let cut: () => void = () => undefined;

const platforms: Readonly<Record<string, string>> = { mac: 'darwin', windows: 'win32', linux: 'linux' };
const platform = platforms[wanted.get('desktop') ?? ''];
if (platform !== undefined) document.documentElement.classList.add('pretend-desktop');

void start(root, {
  connection: keepConnected(() => {
    const [mine, theirs] = memoryTransportPair();
    serve(contract, host.handlers, theirs, null, { onError });
    cut = () => theirs.close('cut by hand');
    if (host.down) queueMicrotask(() => theirs.close('host is down'));
    return connect(contract, mine);
  }),
  desktop:
    platform === undefined
      ? null
      : {
          bridge: {
            platform,
            pathForFile: (file) => (file instanceof File ? `/home/you/${file.name}` : ''),
          } satisfies DesktopBridge,
          shell: keepConnected(() => {
            const [mine, theirs] = memoryTransportPair();
            serve(shellContract, shell.handlers, theirs, null, { onError });
            return connect(shellContract, mine);
          }),
        },
}).then((surroundings) =>
  Object.assign(window, {
    dev: { host, shell, surroundings, cut: () => cut(), print: (id: string, text: string) => printers.get(id)?.(text) },
  }),
);
