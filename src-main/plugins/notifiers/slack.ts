// Slack's incoming webhooks: blocks, and a text for lists and for those who hear them.
import type { Tidings } from './notifier.ts';
import { postsJson, type PostTarget } from './post-json.ts';

export const slack = (target: PostTarget) => postsJson(target, slackMessage);

export const slackMessage = (tidings: Tidings): unknown => ({
  text: escaped(`${tidings.title}: ${tidings.body}`),
  unfurl_links: false,
  blocks: [
    // As plain text nothing in it is a mention, a link or a format.
    {
      type: 'section',
      text: { type: 'plain_text', text: `${marks[tidings.priority]} ${tidings.title}`, emoji: false },
    },
    ...(tidings.body === ''
      ? []
      : [{ type: 'context', elements: [{ type: 'plain_text', text: tidings.body, emoji: false }] }]),
  ],
});

const marks = { urgent: '🔴', action: '🟢', warning: '🟠', info: '⚪' } as const;

/** What Slack reads in a text: https://api.slack.com/reference/surfaces/formatting#escaping */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
