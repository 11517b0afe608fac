// Stands for Claude Code: writes down its conversation as that does, in its own directory, and answers each line that is typed.
import { appendFileSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const given = process.argv.slice(2);
if (given[0] === '--version') {
  console.log('2.1.332');
  process.exit();
}
const after = (word) => (given.includes(word) ? given[given.indexOf(word) + 1] : undefined);
const folder = join(process.env['CLAUDE_CONFIG_DIR'] ?? join(homedir(), '.claude'), 'projects', '-w');
mkdirSync(folder, { recursive: true });
const file = join(folder, `${after('--session-id') ?? after('--resume')}.jsonl`);
const write = (type, content, more = {}) => {
  const entry = { type, timestamp: new Date().toISOString(), message: { role: type, content, ...more } };
  appendFileSync(file, `${JSON.stringify(entry)}\n`);
};

let turns = 0;
function turn(text) {
  turns += 1;
  const id = `toolu_${turns}`;
  write('user', text);
  write('assistant', [{ type: 'tool_use', id, name: 'Bash', input: { command: `look ${turns}` } }]);
  write('user', [{ type: 'tool_result', tool_use_id: id, content: `seen by look ${turns}` }]);
  write('assistant', [{ type: 'text', text: `Heard: ${text}` }], { stop_reason: 'end_turn' });
  console.log(`heard ${text}`);
  process.stdout.write('❯ ');
}

const prompt = after('--');
if (prompt !== undefined) turn(prompt);
createInterface({ input: process.stdin }).on('line', (line) => {
  const times = /^(\d+) times (.*)$/.exec(line);
  if (times === null) turn(line);
  else for (let time = 1; time <= Number(times[1]); time += 1) turn(`${times[2]} ${time}`);
});
