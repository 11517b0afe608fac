import { Switch } from '../../components/switch.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { Row, RowLabel, Section } from './section.tsx';

export function Sessions() {
  const app = useApp();
  const { spawnsPaused } = useStore(app.settings);
  return (
    <Section title="Sessions">
      <Row>
        <RowLabel
          id="paused-label"
          note="No new session starts, whoever asks: a window, the command or an agent. Those that run go on."
        >
          Pause new spawns
        </RowLabel>
        <Switch
          on={spawnsPaused}
          labelledBy="paused-label"
          onChange={(on) => void app.changeSettings({ spawnsPaused: on })}
        />
      </Row>
    </Section>
  );
}
