/** Milliseconds of a clock that never jumps. `performance.now()` loads eight more of Node's modules into a command. */
export function monotonic(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}
