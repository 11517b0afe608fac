// Which notices a person looks at, and in which groups: what tells of one session stands together.
import type { NoticeView } from '#shared/domain/notice-view.ts';

export const noticeFilters = ['all', 'unread', 'waiting', 'broken'] as const;
export type NoticeFilter = (typeof noticeFilters)[number];

export interface NoticeGroup {
  /** Null: of several sessions at once. */
  readonly session: string | null;
  /** Newest first. */
  readonly notices: readonly NoticeView[];
}

/** It is still so, and nobody has looked at it. */
export const asksForLook = ({ read, resolved }: NoticeView): boolean => !read && resolved === null;

/** The group with the newest notice comes first. */
export function noticeGroups(notices: readonly NoticeView[], filter: NoticeFilter): readonly NoticeGroup[] {
  const newestFirst = notices.filter((notice) => passes(notice, filter)).toSorted((a, b) => b.at - a.at);
  const groups = Map.groupBy(newestFirst, ({ sessions }) => (sessions.length === 1 ? (sessions[0] ?? null) : null));
  return [...groups].map(([session, notices]) => ({ session, notices }));
}

function passes(notice: NoticeView, filter: NoticeFilter): boolean {
  if (filter === 'all') return true;
  return filter === 'unread' ? asksForLook(notice) : notice.kind === filter;
}

/** Of those that somebody sees who looks at this session. */
export const readBy = (session: string, notices: readonly NoticeView[]): readonly string[] =>
  notices.filter(({ read, sessions }) => !read && sessions.length === 1 && sessions[0] === session).map(({ id }) => id);
