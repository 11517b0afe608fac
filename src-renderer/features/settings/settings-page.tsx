import { Agents } from './agents.tsx';
import { Appearance } from './appearance.tsx';
import { DesktopSection } from './desktop-section.tsx';
import { Defaults } from './defaults.tsx';
import { Doctor } from './doctor.tsx';
import { Notifications } from './notifications.tsx';
import { Notifiers } from './notifiers.tsx';
import { Orchestration } from './orchestration.tsx';
import { Projects } from './projects.tsx';
import { Reactions } from './reactions.tsx';
import { Sessions } from './sessions.tsx';

export function SettingsPage() {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-6 py-8">
      <div className="mx-auto flex max-w-[720px] flex-col gap-8">
        <Appearance />
        <Notifications />
        <Notifiers />
        <Sessions />
        <Orchestration />
        <Reactions />
        <DesktopSection />
        <Agents />
        <Defaults />
        <Projects />
        <Doctor />
      </div>
    </div>
  );
}
