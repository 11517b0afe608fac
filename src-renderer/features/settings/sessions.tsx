import { maximalAgentsSchema } from '#shared/domain/settings.ts';
import { inputLook } from '../../components/field.tsx';
import { Switch } from '../../components/switch.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { Row, RowLabel, Section } from './section.tsx';

export function Sessions() {
  const app = useApp();
  const { spawnsPaused, maximalAgents } = useStore(app.settings);
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
        <input
          key={maximalAgents}
          type="number"
          min={1}
          max={1000}
          aria-labelledby="limit-label"
          defaultValue={maximalAgents ?? ''}
          placeholder="no limit"
          className={`${inputLook} h-7 max-w-24 text-end`}
          onBlur={({ currentTarget }) => {
            const limit = limitIn(currentTarget.value);
            if (limit !== undefined && limit !== maximalAgents) void app.changeSettings({ maximalAgents: limit });
          }}
        />
      </Row>
    </Section>
  );
}

/** Null: no limit. Undefined: what was typed is no limit at all, and stays until it is one. */
function limitIn(typed: string): number | null | undefined {
  return typed.trim() === '' ? null : maximalAgentsSchema.safeParse(Number(typed)).data;
}
