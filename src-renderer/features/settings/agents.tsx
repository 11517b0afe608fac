import { Button } from '../../components/button.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { AgentRow } from '../onboarding/tools.tsx';
import { Row, Section } from './section.tsx';

export function Agents() {
  const app = useApp();
  const agents = useStore(app.agents);
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
      {agents === null ? <Row>Looking…</Row> : agents.map((agent) => <AgentRow key={agent.id} agent={agent} />)}
    </Section>
  );
}
