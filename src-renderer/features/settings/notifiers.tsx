// Ways by which notices leave Athene, and which notices go by them. They are defined in config.yaml: what they need is often a secret.
import { useState } from 'react';
import type { NotifierView } from '#shared/domain/notifier.ts';
import { priorities, type Priority } from '#shared/domain/priority.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { Button } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { Toggle } from './quiet-hours.tsx';
import { Row, RowLabel, Section } from './section.tsx';

export function Notifiers() {
  const { notifiers } = useStore(useApp().notifiers);
  return (
    <>
      <Section title="Notifiers" note="defined in config.yaml, below “notifiers”">
        {notifiers.map((notifier) => (
          <Notifier key={notifier.name} notifier={notifier} />
        ))}
      </Section>
      <Section title="Who tells what">
        {priorities.map((priority) => (
          <Route key={priority} priority={priority} />
        ))}
      </Section>
    </>
  );
}

type Tried = 'unasked' | 'asking' | 'told' | Problem;

function Notifier({ notifier: { name, plugin, where, problem } }: { readonly notifier: NotifierView }) {
  const app = useApp();
  const [tried, setTried] = useState<Tried>('unasked');
  const test = async (): Promise<void> => {
    setTried('asking');
    const told = await app.connection.call('notifier.test', { name });
    setTried(told.ok ? 'told' : told.problem);
  };
  const note = problem ?? [plugin === null ? '' : kinds[plugin], where].filter((part) => part !== '').join(' · ');
  return (
    <div>
      <Row>
        <RowLabel note={note}>{name}</RowLabel>
        {plugin === null ? <span className="text-caption font-medium text-fail">Can’t be read</span> : null}
        {tried === 'told' ? (
          <span role="status" className="text-caption text-soft">
            It took a sample
          </span>
        ) : null}
        {plugin === null || plugin === 'desktop' ? null : (
          <Button size={24} aria-label={`Test ${name}`} disabled={tried === 'asking'} onClick={() => void test()}>
            {tried === 'asking' ? 'Sending…' : 'Test'}
          </Button>
        )}
      </Row>
      {typeof tried === 'object' ? (
        <div className="px-3.5 pb-3">
          <ErrorBlock problem={tried} />
        </div>
      ) : null}
    </div>
  );
}

const kinds = {
  desktop: 'Notifications of the system or browser',
  webhook: 'Webhook',
  slack: 'Slack',
  discord: 'Discord',
  command: 'Command',
  external: 'Plug-in',
} as const;

const words: Readonly<Record<Priority, { readonly title: string; readonly note: string }>> = {
  urgent: { title: 'Urgent', note: 'an agent asks, is stuck, crashed or was lost' },
  action: { title: 'Action', note: 'something is ready to land, or was merged' },
  warning: { title: 'Warning', note: 'checks fail, or branches conflict' },
  info: { title: 'Info', note: 'a session has finished' },
};

function Route({ priority }: { readonly priority: Priority }) {
  const app = useApp();
  const { notifiers, routing } = useStore(app.notifiers);
  const { title, note } = words[priority];
  const chosen = routing[priority];
  const route = async (name: string, on: boolean): Promise<void> => {
    const names = on ? [...chosen, name] : chosen.filter((one) => one !== name);
    const done = await app.connection.call('notifier.route', { priority, notifiers: names });
    if (!done.ok) app.view.toast(`Not saved: ${done.problem.what}`);
  };
  return (
    <Row>
      <RowLabel note={note}>{title}</RowLabel>
      <span
        role="group"
        aria-label={`Who tells what is ${title.toLowerCase()}`}
        className="flex flex-wrap justify-end gap-1"
      >
        {notifiers
          .filter(({ plugin, name }) => plugin !== null || chosen.includes(name))
          .map(({ name }) => (
            <Toggle
              key={name}
              label={`${title}: ${name}`}
              pressed={chosen.includes(name)}
              onChange={(on) => void route(name, on)}
            >
              {name}
            </Toggle>
          ))}
      </span>
    </Row>
  );
}
