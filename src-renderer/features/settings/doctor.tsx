import { Check, CircleX, TriangleAlert } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { Row, Section } from './section.tsx';
import { useDoctor } from './use-doctor.ts';

const icons = {
  fine: <Check size={16} className="shrink-0 text-ready" aria-label="fine" />,
  warning: <TriangleAlert size={16} className="shrink-0 text-ask" aria-label="warning" />,
  failure: <CircleX size={16} className="shrink-0 text-fail" aria-label="failure" />,
};

export function Doctor() {
  const app = useApp();
  const system = useStore(app.system);
  const { checks, look } = useDoctor();
  return (
    <Section
      title="Doctor"
      note="what this machine has, and what is wrong"
      action={
        <Button size={24} onClick={look}>
          Check again
        </Button>
      }
    >
      {system?.troubles.map((trouble) => (
        <Row key={trouble}>
          {icons.warning}
          <span className="min-w-0 flex-1 break-words">{trouble}</span>
        </Row>
      ))}
      {checks === null ? <Row>Checking…</Row> : null}
      {checks?.map(({ name, state, what, todo }) => (
        <Row key={name}>
          {icons[state]}
          <span className="w-[132px] shrink-0 truncate font-medium">{name}</span>
          <span className="min-w-0 flex-1 text-soft">
            <span className="break-words">{what}</span>
            {todo === null ? null : <span className="block text-caption text-faint">{todo}</span>}
          </span>
        </Row>
      ))}
    </Section>
  );
}
