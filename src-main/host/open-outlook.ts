// Opens a home only to look at it: a command that lists sessions needs no code that makes them, and is there in half the time.
import { ok, type Result } from '#shared/lib/result.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { withHome } from './open-home.ts';
import { outlookOf, type Outlook } from './outlook.ts';
import { readingParts } from './reading-parts.ts';

export interface OpenedOutlook extends Outlook {
  readonly log: (event: string, facts: Readonly<Record<string, unknown>>) => void;
  close(): Promise<void>;
}

/** Null: plug-ins of this home may define agents, and only a host loads those. The problems are those of `openHost`. */
export const openOutlook = (env: NodeJS.ProcessEnv): Promise<Result<OpenedOutlook | null, Problem>> =>
  withHome(env, async (home) => {
    const parts = readingParts({ ...home, live: false }, () => []);
    const close = async (): Promise<void> => {
      parts.watch.close();
      parts.runtime.close();
      await parts.store.close();
    };
    if (!parts.reader.hasPlugins()) return ok({ ...outlookOf(parts, home.opened), log: parts.log, close });
    await close();
    return ok(null);
  });
