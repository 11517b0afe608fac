// A session as it is told to others: screens and agents may have printed secrets, and notices leave the machine.
import type { SessionView } from '#shared/domain/session.ts';
import { redact } from '../lib/log.ts';

export const toldView = (view: SessionView): SessionView => ({
  ...view,
  name: redact(view.name, 0) as string,
  because: redact(view.because, 0) as string,
});
