import { Monitor, Moon, Sun } from 'lucide-react';
import { IconButton } from '../../components/button.tsx';
import { useApp, useStore } from '../app-context.tsx';

const themes = {
  system: { icon: Monitor, label: 'Theme: as the system', next: 'dark' },
  dark: { icon: Moon, label: 'Theme: dark', next: 'light' },
  light: { icon: Sun, label: 'Theme: light', next: 'system' },
} as const;

export function ThemeSwitch() {
  const app = useApp();
  const { theme } = useStore(app.settings);
  const { icon: Icon, label, next } = themes[theme];
  return (
    <IconButton label={label} onClick={() => void app.changeSettings({ theme: next })}>
      <Icon size={16} strokeWidth={1.4} />
    </IconButton>
  );
}
