// The shape of a notice for programs: what webhooks and commands get. Fields are only ever added.
import type { Tidings } from './notifier.ts';

export const tidingsJson = ({ sessions, at, ...rest }: Tidings): unknown => ({
  version: 1,
  ...rest,
  at: new Date(at).toISOString(),
  sessions: sessions.map((session) => ({ ...session, link: `athene://session/${session.id}` })),
});
