// How an agent may write what it reports. Source: system.md 5.4.
import { reportStateSchema, type ReportState } from './fact.ts';

/** `done` is none: an agent that ends its turn is not done. */
const short: Readonly<Record<string, ReportState>> = {
  start: 'started',
  work: 'working',
  wait: 'waiting',
  input: 'needs_input',
  ci: 'fixing_ci',
  reviews: 'addressing_reviews',
  complete: 'completed',
};

/** Short forms, hyphens, any case. */
export function readReportState(word: string): ReportState | null {
  const name = word.trim().toLowerCase().replaceAll('-', '_');
  return reportStateSchema.safeParse(Object.hasOwn(short, name) ? short[name] : name).data ?? null;
}
