// What a tracker tells of an issue, made harmless where it comes in: plain text of limited length, written by whomever.
import { z } from 'zod';
import { lineSchema } from './identifier.ts';
import { plainLine } from './plain-line.ts';

/** UTF-16 units; the rest of a longer description is read where it stands. */
const longestDescription = 8000;
const longestTitle = 250;
const mostLabels = 20;

export const issueFactsSchema = z.strictObject({
  title: lineSchema(600),
  labels: z.array(lineSchema(120)).max(mostLabels),
  /** Lines of printable text. */
  description: z.string().max(longestDescription + 100),
  completed: z.boolean(),
});
export type IssueFacts = z.infer<typeof issueFactsSchema>;

/** From whatever somebody wrote into a tracker. */
export const issueFacts = (told: {
  readonly title: string;
  readonly labels: readonly string[];
  readonly description: string;
  readonly completed: boolean;
}): IssueFacts => ({
  title: plainLine(told.title, longestTitle),
  labels: told.labels
    .slice(0, mostLabels)
    .map((label) => plainLine(label, 50))
    .filter((label) => label !== ''),
  description: plainLines(told.description),
  completed: told.completed,
});

/** Whatever a terminal, a shell or a reader could take for a line end is one; all else that can't be seen goes. */
function plainLines(text: string): string {
  const cut = text.length > longestDescription;
  const kept = text
    .slice(0, longestDescription)
    .toWellFormed()
    .replace(/\r\n?|\v|\f|\u0085|[\p{Zl}\p{Zp}]/gu, '\n')
    .replace(/\t/g, '  ')
    .replace(/(?!\n)\p{C}/gu, '')
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return cut ? `${kept}\n[cut here: the description is longer]` : kept;
}
