// The reference of the PTY benchmarks: a process that does nothing but read a PTY with node-pty as Buffers.
import { spawn } from 'node-pty';

/** Started with the script of the terminal and the bytes to expect; begins at "go", answers with milliseconds. */
const [script, expected] = [process.argv[2] ?? '', Number(process.argv[3])];
let count = 0;
let start = 0;
const pty = spawn('/bin/sh', ['-c', script], { cols: 120, rows: 40, cwd: '/tmp', encoding: null });
pty.onData((data) => {
  // With `encoding: null` these are Buffers, whatever the type says.
  const chunk = data as unknown as Buffer;
  if (start === 0) return void (chunk.includes('ready') && process.send?.('ready'));
  count += chunk.length;
  if (count >= expected) process.send?.(performance.now() - start);
});
process.on('message', () => {
  start = performance.now();
  pty.write('\n');
});
process.on('disconnect', () => process.exit(0));
