import { expect, it } from 'vitest';
import { sampleNotices } from '../dev/sample-notices.ts';
import { asksForLook, noticeFilters, noticeGroups, readBy } from './notice-groups.ts';

const notices = sampleNotices();
const titles = (filter: (typeof noticeFilters)[number]) =>
  noticeGroups(notices, filter).map((group) => [group.session, ...group.notices.map(({ title }) => title)]);

it('groups by session, the newest first, with bundles in a group of their own', () => {
  expect(titles('all')).toEqual([
    ['web-24', 'icons is done'],
    ['api-12', 'auth-refactor asks you', 'auth-refactor asks you'],
    ['web-22', 'nav-a11y crashed'],
    ['api-11', 'rate-limit asks permission'],
    [null, '3 agents are waiting'],
    ['infra-32', 'tf-upgrade is lost'],
  ]);
});

it.each([
  ['unread', ['icons is done', 'auth-refactor asks you', 'nav-a11y crashed', 'rate-limit asks permission']],
  [
    'waiting',
    ['auth-refactor asks you', 'auth-refactor asks you', 'rate-limit asks permission', '3 agents are waiting'],
  ],
  ['broken', ['nav-a11y crashed', 'tf-upgrade is lost']],
] as const)('shows what is %s', (filter, wanted) => {
  expect(noticeGroups(notices, filter).flatMap((group) => group.notices.map(({ title }) => title))).toEqual(wanted);
});

it('counts what is still so and was not looked at', () => {
  expect(notices.filter(asksForLook).length).toBe(4);
});

it('is read by whoever looks at the session, bundles are not', () => {
  expect(readBy('api-11', notices)).toEqual([notices[3]?.id]);
});
