import type { NoticeView } from '#shared/domain/notice-view.ts';
import { desktopOnly, everythingTo, type NotifierSettings } from '#shared/domain/notifier.ts';

const minute = 60_000;
let last = 0;

function notice(minutes: number, one: Pick<NoticeView, 'kind' | 'title' | 'body'> & Partial<NoticeView>): NoticeView {
  last += 1;
  return {
    id: `00000000-0000-7000-8000-${String(last).padStart(12, '0')}`,
    priority: 'urgent',
    sessions: [],
    at: Date.now() - minutes * minute,
    read: false,
    resolved: null,
    deliveries: [],
    ...one,
  };
}

export const sampleNotices = (): readonly NoticeView[] => [
  notice(130, {
    ...{ kind: 'broken', title: 'tf-upgrade is lost', sessions: ['infra-32'], read: true },
    body: 'infra · The terminal service does not know it any more.',
  }),
  notice(47, {
    ...{ kind: 'waiting', title: 'auth-refactor asks you', sessions: ['api-12'], read: true },
    body: 'api · It asked which of two cookie names to keep.',
    resolved: { at: Date.now() - 41 * minute, why: 'It was answered in its terminal.' },
  }),
  notice(31, {
    ...{ kind: 'waiting', title: '3 agents are waiting', sessions: ['api-11', 'web-21', 'infra-31'] },
    body: 'rate-limit, checkout-flow and import-job, the oldest for 2 minutes',
    resolved: { at: Date.now() - 20 * minute, why: 'It is over for each of them.' },
  }),
  notice(12, {
    ...{ kind: 'waiting', title: 'rate-limit asks permission', sessions: ['api-11'] },
    body: 'api · Its hook asked for permission.',
    deliveries: [{ notifier: 'team', state: 'sent', attempts: 1, detail: null, at: Date.now() - 12 * minute }],
  }),
  notice(9, {
    ...{ kind: 'broken', title: 'nav-a11y crashed', sessions: ['web-22'] },
    body: 'web · The agent ended with exit code 1.',
    deliveries: [
      {
        ...{ notifier: 'old-hook', state: 'failed', attempts: 6, at: Date.now() - 4 * minute },
        detail: 'hooks.example.org answered 404: no such channel',
      },
    ],
  }),
  notice(4, {
    ...{ kind: 'waiting', title: 'auth-refactor asks you', sessions: ['api-12'] },
    body: 'api · Its question tool asked, and nobody has answered.',
  }),
  notice(2, {
    ...{ kind: 'finished', priority: 'info', title: 'icons is done', sessions: ['web-24'] },
    body: 'web · Its process ended by itself (exit 0).',
  }),
];

export const sampleNotifiers: NotifierSettings = {
  notifiers: [
    ...desktopOnly.notifiers,
    { name: 'team', plugin: 'slack', where: '$SLACK_WEBHOOK_URL', problem: null },
    { name: 'old-hook', plugin: 'webhook', where: 'hooks.example.org', problem: null },
    { name: 'pager', plugin: null, where: '', problem: 'url: Invalid input: expected string, received undefined' },
  ],
  routing: { ...everythingTo(['desktop']), urgent: ['desktop', 'team'] },
  projects: {},
};
