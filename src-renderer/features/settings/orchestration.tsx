// Agents that lead others: what the person agreed to, how much they may, and which of them are configured.
import { Button } from '../../components/button.tsx';
import { CoordinatorIcon } from '../../components/coordinator-icon.tsx';
import { Switch } from '../../components/switch.tsx';
import type { LimitName } from '../../state/limit-use.ts';
import { useApp, useStore } from '../app-context.tsx';
import { CountField } from '../coordinator/count-field.tsx';
import { limitWords } from '../coordinator/limit-words.ts';
import { Row, RowLabel, Section } from './section.tsx';

export function Orchestration() {
  const app = useApp();
  const settings = useStore(app.settings);
  const metas = (useStore(app.coordinators.all) ?? []).filter(({ kind }) => kind === 'meta-orchestrator');
  const lead = (name: string | null): void => app.view.update((view) => ({ ...view, leading: { kind: 'meta', name } }));
  return (
    <Section
      title="Orchestration and limits"
      action={<Button onClick={() => lead(null)}>New meta orchestrator…</Button>}
    >
      <Row>
        <RowLabel
          id="consent-label"
          note="Whoever leads can't wait for you at every command. Off: none is started; those that run go on."
        >
          Agents that lead others act without asking
        </RowLabel>
        <Switch
          on={settings.permissionlessCoordinators}
          labelledBy="consent-label"
          onChange={(on) => void app.changeSettings({ permissionlessCoordinators: on })}
        />
      </Row>
      <Row>
        <RowLabel
          id="tell-leaders-label"
          note="As information, in a message that waits until it listens. Off: it sees so when it looks."
        >
          Tell who leads when you answer for a worker
        </RowLabel>
        <Switch
          on={settings.tellLeaders}
          labelledBy="tell-leaders-label"
          onChange={(on) => void app.changeSettings({ tellLeaders: on })}
        />
      </Row>
      {(Object.keys(limitWords) as LimitName[]).map((name) => (
        <Row key={name}>
          <RowLabel id={`setting-${name}`} note={limitWords[name].note}>
            {limitWords[name].title}
          </RowLabel>
          <CountField
            value={settings[name]}
            most={limitWords[name].most}
            labelledBy={`setting-${name}`}
            onChange={(count) => void app.changeSettings({ [name]: count })}
          />
        </Row>
      ))}
      {metas.map(({ id, scope, leads, session, configured }) => (
        <Row key={id}>
          <CoordinatorIcon kind="meta-orchestrator" state={session?.state ?? null} />
          <RowLabel note={scope === 'all' ? 'Leads all projects' : `Leads ${leads.join(', ')}`}>{id}</RowLabel>
          {session === null ? (
            <Button onClick={() => lead(id)}>Start…</Button>
          ) : (
            <Button onClick={() => app.view.go({ kind: 'session', id })}>Open</Button>
          )}
          {configured ? <Forget id={id} /> : null}
        </Row>
      ))}
    </Section>
  );
}

/** Its session goes on, if it runs. */
function Forget({ id }: { readonly id: string }) {
  const { connection, view, coordinators } = useApp();
  const forget = async (): Promise<void> => {
    const done = await connection.call('coordinator.removeMeta', { name: id });
    if (!done.ok) return view.toast(done.problem.what);
    view.toast(`${id} is not configured any more; its session, if there is one, stays`);
    await coordinators.look();
  };
  return (
    <Button kind="quiet" aria-label={`Forget ${id}`} onClick={() => void forget()}>
      Forget
    </Button>
  );
}
