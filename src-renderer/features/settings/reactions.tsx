// What happens by itself when something happens to a session: the rules that are in force, of all projects or of one, and where they are set.
import { useState } from 'react';
import type { ProjectView } from '#shared/domain/project.ts';
import { reactionWords } from '#shared/domain/reaction-words.ts';
import type { RuleView } from '#shared/domain/reaction-view.ts';
import { ruleWords } from '#shared/domain/rule-words.ts';
import { Button } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { Select } from '../../components/field.tsx';
import { Switch } from '../../components/switch.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { Row, Section } from './section.tsx';
import { useRules, type Rules } from './use-rules.ts';

export function Reactions() {
  const projects = useStore(useApp().projects) ?? [];
  const [chosen, choose] = useState('');
  const project = projects.find(({ id }) => id === chosen) ?? null;
  return (
    <Section
      title="Reactions"
      note="what happens by itself"
      action={
        projects.length === 0 ? null : (
          <Select aria-label="Reactions of" value={project?.id ?? ''} onChange={(event) => choose(event.target.value)}>
            <option value="">All projects</option>
            {projects.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )
      }
    >
      <RulesOf key={project?.id ?? ''} project={project} />
    </Section>
  );
}

function RulesOf({ project }: { readonly project: ProjectView | null }) {
  const rules = useRules(project);
  return (
    <>
      <Wrong rules={rules} />
      {rules.heldBy === null ? null : (
        <Row>
          <p className="text-caption text-soft">
            {rules.heldBy.split('/').at(-1)} of the repository says some of them, as you accepted it.
          </p>
        </Row>
      )}
      {rules.list?.map((one) => (
        <Rule key={one.key} view={one} rules={rules} />
      ))}
      {rules.list === null && rules.problem === null ? <Row>Reading…</Row> : null}
    </>
  );
}

function Wrong({ rules: { problem, troubles, look } }: { readonly rules: Rules }) {
  return (
    <>
      {problem === null ? null : (
        <ErrorBlock problem={problem}>
          <Button size={24} onClick={look}>
            Try again
          </Button>
        </ErrorBlock>
      )}
      {troubles.map((what) => (
        <ErrorBlock key={what} problem={{ what, ...untilMended }} />
      ))}
    </>
  );
}

const untilMended = {
  code: 'configuration-broken',
  kept: 'The last rule that could be read counts, and until this is mended no agent that it is about is told anything by itself.',
  todo: 'Mend that line; it is read again by itself.',
};

function Rule({ view, rules }: { readonly view: RuleView; readonly rules: Rules }) {
  const { key, rule, from } = view;
  const { name } = reactionWords[key];
  const label = `reaction-${key}`;
  const origin = originWords(from);
  return (
    <div role="group" aria-label={key} className="flex min-h-11 items-center gap-3 px-3.5 py-1.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span id={label}>{name}</span>
          <code className="font-mono text-caption text-faint">{key}</code>
        </p>
        <p className="text-caption break-words text-soft">{sentence(ruleWords(rule))}</p>
        {rule.message === undefined ? null : (
          <p className="truncate text-caption text-faint" title={rule.message}>
            “{rule.message}”
          </p>
        )}
      </div>
      <span className="max-w-[190px] shrink-0 text-end text-caption text-faint">{origin}</span>
      <span className="flex w-8 shrink-0 justify-center">
        {rule.action === 'send-to-agent' ? (
          <Switch
            on={rule.auto !== false}
            labelledBy={label}
            disabled={rules.heldBy !== null}
            onChange={(on) => void rules.tellAgents(key, on)}
          />
        ) : null}
      </span>
    </div>
  );
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

const places = { default: 'usual', global: 'config.yaml', project: 'this project' } as const;

/** Only what somebody set is named by its fields. */
function originWords(from: RuleView['from']): string {
  const set = Object.entries(from).filter(([, origin]) => origin !== 'default');
  const by = Map.groupBy(set, ([, origin]) => origin);
  const said = [...by].map(([origin, fields]) => `${places[origin]}: ${fields.map(([field]) => field).join(', ')}`);
  return said.length === 0 ? places.default : said.join(' · ');
}
