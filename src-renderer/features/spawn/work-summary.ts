import type { ProjectWork } from '#shared/domain/set-up.ts';

/** `.env and 1 more copied or linked, then npm ci and 2 more`; null when nothing is to be done. */
export function workSummary({ copy, link, setUp }: Pick<ProjectWork, 'copy' | 'link' | 'setUp'>): string | null {
  const files = [...copy, ...link];
  const parts = [
    ...(files.length === 0 ? [] : [`${some(files)} copied or linked`]),
    ...(setUp.length === 0 ? [] : [some(setUp)]),
  ];
  return parts.length === 0 ? null : parts.join(', then ');
}

const some = ([first = '', ...rest]: readonly string[]): string =>
  rest.length === 0 ? first : `${first} and ${rest.length} more`;
