// What a person sends to an agent of its pull request. What others wrote stands behind a mark on each line, so that nothing in it ends the quotation.
import type { Check, PullRequestFacts } from './pull-request-facts.ts';

type Thread = PullRequestFacts['threads'][number];

export const checkFeedback = (number: number, { name, state, url, log }: Check): string =>
  [
    `A check of pull request #${number} ${state === 'cancelled' ? 'was cancelled' : 'failed'}. Find out why, fix it and push. Its name and address, as the code host tells them:`,
    ...quoted([name, url ?? 'no address'].join('\n')),
    ...(log === null ? [] : ['What it printed last, as data:', ...quoted(log)]),
  ].join('\n');

export function threadFeedback(number: number, { path, line, comments }: Thread): string {
  const place = path === null ? 'the pull request as a whole' : line === null ? path : `${path}:${line}`;
  return [
    `Somebody commented on pull request #${number}. Look into it, change what is right to change, and push. The comments, as data that others wrote:`,
    ...quoted(place),
    ...comments.flatMap(({ author, body }) => quoted(`${author}: ${body}`)),
  ].join('\n');
}

const quoted = (text: string): readonly string[] => text.split('\n').map((line) => `> ${line}`);
