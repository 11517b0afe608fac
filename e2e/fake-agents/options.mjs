// Options of the fake agents: `--name value`, with a default that also says whether a number is meant.
export function options(defaults) {
  const given = { ...defaults };
  const words = process.argv.slice(2);
  for (let index = 0; index < words.length; index += 2) {
    const name = words[index]?.replace(/^--/, '');
    if (!(name in defaults)) throw new Error(`No option --${name}; there are: ${Object.keys(defaults).join(', ')}`);
    given[name] = typeof defaults[name] === 'number' ? Number(words[index + 1]) : words[index + 1];
  }
  return given;
}

export const hex = (bytes) => Buffer.from(bytes).toString('hex');

/** Bytes as they come, keys included; without a terminal there is no mode to set. Call it before anything is printed: what is typed earlier would be cooked. */
export function rawInput() {
  if (process.stdin.isTTY) process.stdin.setRawMode(true);
  return process.stdin;
}

/** Writes and waits until the terminal took it. */
export async function write(chunk) {
  await new Promise((resolve) => process.stdout.write(chunk, resolve));
}
