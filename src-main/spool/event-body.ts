// What of an event is kept: no secrets, no long texts, nothing endless.
import { redact } from '../lib/log.ts';

/** Characters of JSON. */
const largest = 16 * 1024;
/** What tools answer is in the agent's own transcript, and large. */
const unkept = new Set(['tool_response', 'tool_output']);

export function eventBody(data: Readonly<Record<string, unknown>>): unknown {
  const kept = redact(withoutAnswers(data), 0);
  return JSON.stringify(kept).length <= largest ? kept : redact(shortFields(data), 0);
}

function withoutAnswers(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { told } = data;
  if (typeof told !== 'object' || told === null) return data;
  return { ...data, told: Object.fromEntries(Object.entries(told).filter(([name]) => !unkept.has(name))) };
}

/** Numbers, flags and short texts, of both levels. */
function shortFields(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { told } = data;
  const own = short(data);
  return typeof told === 'object' && told !== null ? { ...own, told: short(told), cut: true } : { ...own, cut: true };
}

const short = (fields: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => (typeof value === 'string' ? value.length <= 300 : typeof value !== 'object'))
      .slice(0, 30),
  );
