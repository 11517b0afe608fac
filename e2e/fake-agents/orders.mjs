// Does what is ordered in `--folder`: `<name>.json` holds { argv, set, unset }; it is run with this agent's own environment, changed so, and
// `<name>.done` gets { code, stdout, stderr }. First of all it leaves its environment there, as `environment`.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { options } from './options.mjs';

const { folder } = options({ folder: '' });
mkdirSync(folder, { recursive: true });
put('environment', process.env);
console.log('ready for orders');
const begun = new Set();
setInterval(() => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json') && !begun.has(name))) {
    begun.add(file);
    const done = file.replace(/json$/, 'done');
    if (!existsSync(join(folder, done))) carryOut(JSON.parse(readFileSync(join(folder, file), 'utf8')), done);
  }
}, 30);

function carryOut({ argv: [program, ...args], set, unset }, done) {
  const env = { ...process.env, ...set };
  for (const name of unset) delete env[name];
  execFile(program, args, { env, encoding: 'utf8', timeout: 60_000 }, (error, stdout, stderr) => {
    put(done, { code: error === null ? 0 : (error.code ?? 1), stdout, stderr });
  });
}

/** Whole or not at all. */
function put(name, value) {
  writeFileSync(join(folder, `.${name}`), JSON.stringify(value));
  renameSync(join(folder, `.${name}`), join(folder, name));
}
