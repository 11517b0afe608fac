// Makes output like that of coding agents: prose, coloured diffs, code, spinner frames, text beyond ASCII.
import { closeSync, openSync, writeSync } from 'node:fs';

export interface AgentOutput {
  /** Bytes of the file. */
  readonly size: number;
  /** Bytes that come out of a PTY, which turns every line feed into two bytes. */
  readonly printed: number;
}

export function writeAgentOutput(file: string, megabytes: number): AgentOutput {
  const block = Buffer.from(Array.from({ length: 400 }, (_, index) => piece(index)).join(''));
  const lines = block.filter((byte) => byte === 10).length;
  const blocks = Math.ceil((megabytes * 1_000_000) / block.length);
  const descriptor = openSync(file, 'w', 0o600);
  for (let index = 0; index < blocks; index += 1) writeSync(descriptor, block);
  closeSync(descriptor);
  return { size: blocks * block.length, printed: blocks * (block.length + lines) };
}

function piece(index: number): string {
  const number = String(index).padStart(4);
  switch (index % 8) {
    case 0:
      return `\x1b[36m●\x1b[39m I'll look at how the \x1b[1mrequest ${index}\x1b[22m is read first, then change one thing.\n`;
    case 1:
      return `  \x1b[2m└\x1b[22m Read src/server/request-${index}.ts (${index + 40} lines)\n`;
    case 2:
    case 3:
      return `  \x1b[2m${number}\x1b[22m \x1b[48;5;22m\x1b[97m+  const value = await read(request, { limit: ${index} });\x1b[0m\n`;
    case 4:
      return `  \x1b[2m${number}\x1b[22m \x1b[48;5;52m\x1b[97m-  const value = read(request); // « früher »\x1b[0m\n`;
    case 5:
      return `\x1b[33m✻\x1b[39m Thinking… (${index}s · esc to interrupt)\x1b[2K\r\x1b[33m✶\x1b[39m Thinking… (${index}s)\x1b[2K\r`;
    case 6:
      return `    at handle (/home/someone/project/src/server/handle-request.ts:${index}:17)  ${'·'.repeat(index % 40)}\n`;
    default:
      return `${'The change keeps what callers see as it was; only the limit is new. '.repeat(1 + (index % 3))}\n`;
  }
}
