// Whether something of GitHub is another than at the last look: asked with the tag of that look, it costs none of the limit while it is not.
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Gh, GhFailure } from '../../../lib/gh.ts';

export interface Guards {
  /** @param path of the REST API. The tag is kept only once `keep` is called: whoever asks may fail to read what has changed. */
  hasChanged(path: string): Promise<Result<boolean, GhFailure>>;
  keep(): void;
  /** What was asked since the last `keep` counts as not asked. */
  drop(): void;
}

/** Tags of the longest unasked go first. */
const most = 1000;

export function openGuards(gh: Gh, host: string): Guards {
  const tags = new Map<string, string>();
  const fresh = new Map<string, string>();
  return {
    async hasChanged(path) {
      const tag = tags.get(path);
      const condition = tag === undefined ? [] : ['-H', `If-None-Match: ${tag}`];
      const told = await gh.run(['api', '--hostname', host, '-i', ...condition, path]);
      // It calls everything but a success a failure.
      if (!told.ok && /^HTTP\/[\d.]+ 304\b/.test(told.problem.printed)) return ok(false);
      if (!told.ok) return fail(told.problem);
      const given = /^etag:[ \t]*((?:W\/)?"[\x21\x23-\x7e]{1,200}")[ \t]*\r?$/im.exec(headOf(told.value))?.[1];
      if (given !== undefined) fresh.set(path, given);
      return ok(given === undefined || given !== tag);
    },
    keep() {
      for (const [path, tag] of fresh) {
        tags.delete(path);
        tags.set(path, tag);
      }
      fresh.clear();
      for (const path of tags.keys()) {
        if (tags.size <= most) break;
        tags.delete(path);
      }
    },
    drop: () => fresh.clear(),
  };
}

/** An answer's own text may hold lines that look like headers. */
const headOf = (printed: string): string => printed.split(/\r?\n\r?\n/, 1)[0] ?? '';
