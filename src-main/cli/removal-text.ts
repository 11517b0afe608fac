import type { FilesSummary, RemovalPreview } from '#shared/domain/removal.ts';
import { plain } from './table.ts';

/** What a removal would do, for people. */
export function previewText({ refusal, putAside, goes, large }: RemovalPreview): string {
  const text = [
    ...(refusal === null ? [] : [`It would be refused: ${plain(refusal)}\n`]),
    section('Would be put aside', putAside),
    section('Would go, since tools make it again', goes),
    section('Too large to be put aside; goes only with --discard-large', large),
  ].join('');
  return text === '' ? 'Everything in it is on its branch.\n' : text;
}

function section(title: string, { some, count }: FilesSummary): string {
  if (count === 0) return '';
  const lines = some.map(({ path, size }) => `  ${plain(path)}${size === null ? '' : `  ${size} bytes`}\n`);
  const more = count > some.length ? `  and ${count - some.length} more\n` : '';
  return `${title}:\n${lines.join('')}${more}`;
}
