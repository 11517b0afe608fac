import { Owl } from '../../components/owl.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { PermissionAction } from '../settings/notifications.tsx';

const words = {
  system: 'They come from the Athene app. Which ones is up to you, in the settings.',
  unasked: 'Like this one. The browser asks once, and only when you press the button.',
  allowed: 'This browser shows them while a tab with Athene is open.',
  blocked: 'This browser blocks them. To unblock: the icon at the left end of the address bar, then Notifications.',
  unavailable: 'This browser can’t show any here; the number in the tab’s title counts those that wait.',
} as const;

/** How one looks, and the question whether to allow them. */
export function NotificationCheck() {
  const permission = useStore(useApp().notifications.permission);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <figure
        aria-label="A sample notification"
        className="flex w-[300px] items-center gap-3 rounded-dialog border border-line bg-surface px-3 py-2.5"
      >
        <span className="flex size-8 shrink-0 items-center justify-center rounded-card bg-raised">
          <Owl size={18} />
        </span>
        <figcaption className="min-w-0 flex-1">
          <p className="truncate font-semibold">rate-limit asks permission</p>
          <p className="truncate text-caption text-soft">It wants to run a command in api.</p>
        </figcaption>
        <span className="self-start text-caption text-faint">now</span>
      </figure>
      <div className="flex min-w-[200px] flex-1 flex-col items-start gap-2">
        <p className="text-caption text-faint">{words[permission]}</p>
        <PermissionAction permission={permission} />
      </div>
    </div>
  );
}
