// fsck: looks twice, so that what is just being made or ended is no fault; mends on request, and looks again.
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Finding } from '#shared/domain/care.ts';
import { probeProcess } from '../lib/process-identity.ts';
import { findFaults } from './checks.ts';
import { gatherFacts, type CareDependencies } from './facts.ts';
import { repair } from './repair.ts';

/** Milliseconds between two looks. */
const between = 300;

/** Empty: all is well. With `mend`, what was mended is told as `repaired`. */
export async function checkHome(
  care: CareDependencies,
  { mend, refresh }: { readonly mend: boolean; readonly refresh: () => Promise<void> },
): Promise<readonly Finding[]> {
  const first = await look(care);
  if (first.findings.length === 0) return [];
  await delay(between);
  const second = await look(care);
  const earlier = new Set(first.findings.map(keyOf));
  const lasting = second.findings.filter((finding) => earlier.has(keyOf(finding)));
  if (!mend) return lasting;
  const tried = new Set<string>();
  for (const finding of lasting) {
    if (finding.state === 'found' && (await repair({ care, facts: second.facts, refresh }, finding)))
      tried.add(keyOf(finding));
  }
  const left = new Set((await look(care)).findings.map(keyOf));
  return lasting.map((finding) =>
    tried.has(keyOf(finding)) && !left.has(keyOf(finding)) ? { ...finding, state: 'repaired' } : finding,
  );
}

async function look(care: CareDependencies) {
  const facts = await gatherFacts(care);
  return { facts, findings: findFaults(facts, isGone) };
}

const keyOf = ({ kind, subject }: Pick<Finding, 'kind' | 'subject'>): string => `${kind} ${subject}`;

const ownerSchema = z.object({ pid: z.number(), startTime: z.string(), bootId: z.string() });

/** One that can't be read or judged is not gone. */
function isGone(owner: unknown): boolean {
  const identity = ownerSchema.safeParse(owner);
  return identity.success && probeProcess(identity.data) === 'gone';
}
