// Whoever replaces a coordinator does that alone: the next one has the same name, and must not be taken for the one that goes.
import { z } from 'zod';
import { probeProcess } from '../../lib/process-identity.ts';
import { beginRequest, deleteRequest, takeOverRequest } from '../../storage/requests.ts';
import type { SessionDependencies } from '../dependencies.ts';

/** Of the row by which others see it. What a dead process leaves behind is forgotten by whoever recovers. */
export const replacementKind = 'replace';

const ownerSchema = z.object({ pid: z.number(), startTime: z.string(), bootId: z.string() });

/** Null: somebody else is at it. */
export async function whileReplacing<T>(
  { store, identity, atWork }: Pick<SessionDependencies, 'store' | 'identity' | 'atWork'>,
  session: string,
  work: () => Promise<T>,
): Promise<T | null> {
  const id = `${replacementKind}:${session}`;
  if (atWork.has(id)) return null;
  atWork.add(id);
  try {
    if (!(await store.write('coordinator: replace', (tx) => taken(tx, id)))) return null;
    try {
      return await work();
    } finally {
      await store.write('coordinator: replaced', (tx) => deleteRequest(tx, id));
    }
  } finally {
    atWork.delete(id);
  }

  function taken(tx: Parameters<typeof beginRequest>[0], request: string): boolean {
    const begun = beginRequest(tx, { id: request, kind: replacementKind, input: { session }, owner: identity });
    if (begun === 'new') return true;
    const { data: owner } = ownerSchema.safeParse(begun.owner);
    if (owner === undefined) return false;
    const ours = owner.pid === identity.pid && owner.startTime === identity.startTime;
    return (ours || probeProcess(owner) === 'gone') && takeOverRequest(tx, begun, identity);
  }
}
