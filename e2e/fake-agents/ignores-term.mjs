// Ignores HUP, INT and TERM, and leaves a twice-forked child in a session of its own that does likewise; `--pids FILE` gets both pids.
import { spawn } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { options } from './options.mjs';

const { pids, role, parent } = options({ pids: '', role: 'parent', parent: 0 });
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.on(signal, () => {});
if (role === 'middle') become('child', () => process.exit(0));
if (role === 'child') report();
if (role === 'parent') {
  become('middle', () => console.log('ignoring HUP, INT and TERM'));
}
if (role !== 'middle') setInterval(() => {}, 1 << 30);

/** The one between ends at once: the child then belongs to nobody that Athene started. */
function become(next, then) {
  const child = spawn(
    process.execPath,
    [fileURLToPath(import.meta.url), '--role', next, '--pids', pids, '--parent', String(parent || process.pid)],
    { detached: true, stdio: 'ignore' },
  );
  child.unref();
  child.once('spawn', then);
}

function report() {
  if (pids === '') return;
  writeFileSync(`${pids}.new`, `${parent}\n${process.pid}\n`);
  renameSync(`${pids}.new`, pids);
}
