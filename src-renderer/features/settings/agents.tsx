import { Button } from '../../components/button.tsx';
import { Switch } from '../../components/switch.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { AgentRow, thereFirst } from '../onboarding/tools.tsx';
import { Row, RowLabel, Section } from './section.tsx';

export function Agents() {
  const app = useApp();
  const agents = useStore(app.agents);
  const { agentExtensions } = useStore(app.settings);
  const again = () => void app.lookForAgents(true);
  return (
    <Section
      title="Agents"
      note="as found on your login shell's PATH"
      action={
        <Button size={24} onClick={again}>
          Check again
        </Button>
      }
    >
      {agents === null ? (
        <Row>Looking…</Row>
      ) : (
        thereFirst(agents).map((agent) => <AgentRow key={agent.id} agent={agent} />)
      )}
      <Row>
        <RowLabel
          id="extensions-label"
          note="Gemini CLI tells what it does only by an extension: ~/.gemini/extensions/athene, which does nothing outside of a session. Off takes it out again."
        >
          Extension of Athene in agents’ own directories
        </RowLabel>
        <Switch
          on={agentExtensions}
          labelledBy="extensions-label"
          onChange={(on) => void app.changeSettings({ agentExtensions: on })}
        />
      </Row>
    </Section>
  );
}
