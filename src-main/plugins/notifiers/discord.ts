// Discord's webhooks: one embed, in which nobody is mentioned.
import type { Tidings } from './notifier.ts';
import { postsJson, type PostTarget } from './post-json.ts';

export const discord = (target: PostTarget) => postsJson(target, discordMessage);

export const discordMessage = (tidings: Tidings): unknown => ({
  username: 'Athene',
  allowed_mentions: { parse: [] },
  embeds: [
    {
      title: withoutMarkdown(tidings.title),
      description: withoutMarkdown(tidings.body),
      color: colours[tidings.priority],
      timestamp: new Date(tidings.at).toISOString(),
    },
  ],
});

const colours = { urgent: 0xe5484d, action: 0x30a46c, warning: 0xf5a524, info: 0x8d98a8 } as const;

/** Also turns addresses into text. */
const withoutMarkdown = (text: string): string =>
  text.replace(/[\\*_~`|>#[\]()<@]/g, '\\$&').replace(/:\/\//g, ':\\//');
