// The upper edge of a window. On the desktop the window is moved by it, and the system's own buttons stand in it.
import { Menu } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../components/button.tsx';
import { useApp } from '../app-context.tsx';

export function TitleFrame({
  compact = false,
  children,
}: {
  readonly compact?: boolean;
  readonly children: ReactNode;
}) {
  const { desktop } = useApp();
  return (
    <header
      aria-label="Athene"
      data-frame={desktop?.platform ?? 'browser'}
      {...(compact ? { 'data-compact': true } : {})}
      className="title-frame @container flex min-w-0 items-center border-b border-line"
    >
      {children}
    </header>
  );
}

/** Where the system shows no menu bar: the application's menu, at this button. */
export function MenuButton() {
  const { desktop } = useApp();
  if (desktop === null || desktop.platform === 'mac') return null;
  return (
    <IconButton
      label="Menu"
      aria-haspopup="menu"
      // Cut, paste and undo of the menu mean the field that has the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={({ currentTarget }) => {
        const { left, bottom } = currentTarget.getBoundingClientRect();
        desktop.showMenu({ x: left, y: bottom });
      }}
    >
      <Menu size={16} strokeWidth={1.4} />
    </IconButton>
  );
}
