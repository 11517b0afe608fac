// A bound for what may never answer.

/** Null when it takes longer than `milliseconds`; what it answers later is of no use any more. A rejection is passed on. */
export async function inTime<T>(asked: Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), milliseconds).unref()));
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
    // Nobody listens any more to one that is rejected later.
    asked.catch(() => undefined);
  }
}
