import { Chip } from '../../components/chip.tsx';
import type { SessionView } from '#shared/domain/session.ts';

/** How much it does without asking: agreed to when the first one was started. */
export const AutonomyChip = ({ session }: { readonly session: SessionView }) => (
  <span
    className="flex @max-[1160px]:hidden"
    title={
      session.permissions === 'permissionless'
        ? 'It runs commands without asking, as you agreed; what it may start is limited.'
        : 'It asks before it runs commands.'
    }
  >
    <Chip>{session.permissions === 'permissionless' ? 'Acts without asking' : 'Asks first'}</Chip>
  </span>
);
