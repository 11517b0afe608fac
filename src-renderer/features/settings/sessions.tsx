import { Segments } from '../../components/segments.tsx';
import { Switch } from '../../components/switch.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { LimitField } from './limit-field.tsx';
import { Row, RowLabel, Section } from './section.tsx';

export function Sessions() {
  const app = useApp();
  const { spawnsPaused, maximalAgents, sendDelay } = useStore(app.settings);
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
      <Row>
        <RowLabel
          id="limit-label"
          note="Whoever is beyond it waits in line, oldest first, and starts by itself when one ends. Empty: no limit."
        >
          Agents at once, at most
        </RowLabel>
        <LimitField
          value={maximalAgents}
          labelledBy="limit-label"
          onChange={(limit) => void app.changeSettings({ maximalAgents: limit })}
        />
      </Row>
      <Row>
        <RowLabel
          id="delay-label"
          note="So long an answer on a card can be cancelled before it is sent. Keys typed into a terminal go at once."
        >
          Wait before an answer is sent
        </RowLabel>
        <Segments
          options={delays}
          chosen={String(sendDelay)}
          labelledBy="delay-label"
          onChoose={(chosen) => void app.changeSettings({ sendDelay: Number(chosen) })}
        />
      </Row>
    </Section>
  );
}

const delays = [
  { value: '0', label: 'No' },
  ...[2, 5, 10].map((seconds) => ({ value: String(seconds), label: `${seconds} s` })),
];
