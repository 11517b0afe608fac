// Of all that a failed job printed, the last lines that tell why: plain, without what looks like a secret, short enough for a message.
import { stripVTControlCharacters } from 'node:util';
import { fittingText } from '#shared/domain/plain-line.ts';
import { longestLog } from '#shared/domain/pull-request-facts.ts';
import { redact } from '../../lib/log.ts';

/** Lines that are kept, UTF-16 units of one, and how many are looked at. */
const [mostLines, longestLine, looksAt] = [40, 400, 2000];

/** Null: it says nothing. */
export function endOfLog(printed: string): string | null {
  const all = printed
    .split('\n')
    .slice(-looksAt)
    .map((line) => plainIn(line).replace(timestamp, ''));
  // What comes behind the last error is what a job tidies up.
  const failed = all.findLastIndex((line) => line.startsWith('##[error]'));
  const told = withoutKeys(failed === -1 ? all : all.slice(0, failed + 1))
    .map((line) => fittingText(redact(line.replace(markers, ''), 0) as string, longestLine))
    .filter((line, at, lines) => line !== '' || (lines[at - 1] ?? '') !== '');
  return fitting(told.slice(-mostLines));
}

/** UTF-16 units: what styles a text is looked for in no more of it, since that takes longer the longer it is, times its length. */
const mostStyled = 4 * longestLine;

const plainIn = (line: string): string =>
  line.length <= mostStyled
    ? lastDrawn(stripVTControlCharacters(line))
    : stripVTControlCharacters(lastDrawn(line).slice(0, mostStyled));

/** A bar of progress draws its line anew again and again. */
const lastDrawn = (line: string): string => line.split('\r').findLast((part) => part.trim() !== '') ?? '';

/** GitHub's; GitLab's, with the stream behind it. And a mark of the order of bytes before the first. */
const timestamp = /^\ufeff?\d{4}-\d\d-\d\dT[\d:.]+Z (?:[0-9a-f]{2}[OE][ +])?/;
const markers = /^(?:##\[\w+\]|section_(?:start|end):\d+:\S*)/;

function withoutKeys(lines: readonly string[]): readonly string[] {
  let inside = false;
  return lines.flatMap((line) => {
    const begins = line.includes('-----BEGIN ') && line.includes('PRIVATE KEY');
    const wasInside = inside;
    inside = (begins || inside) && !/-----END .*PRIVATE KEY/.test(line);
    if (begins) return ['[secret]'];
    return wasInside ? [] : [line];
  });
}

/** As many of the last lines as there is room for. */
function fitting(lines: readonly string[]): string | null {
  let room = longestLog;
  const kept = lines.slice(lines.findLastIndex((line) => (room -= line.length + 1) < 0) + 1);
  const text = kept.join('\n').replace(/^\n+|\s+$/g, '');
  return text === '' ? null : text;
}
