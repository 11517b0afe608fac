// The rules for reactions as the settings show and change them.
import { useCallback, useState } from 'react';
import type { ConfigTrouble } from '#shared/domain/configuration.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { ProjectView } from '#shared/domain/project.ts';
import { wholeRule } from '#shared/domain/reaction.ts';
import type { ReactionKey } from '#shared/domain/reaction-rule.ts';
import type { RuleView } from '#shared/domain/reaction-view.ts';
import { leavesRulesOpen } from '#shared/domain/rule-doubt.ts';
import { useApp } from '../app-context.tsx';
import { useOnConfiguration } from './use-on-configuration.ts';

export interface Rules {
  /** In force; null until they are known. */
  readonly list: readonly RuleView[] | null;
  readonly problem: Problem | null;
  /** What can't be read of them: file, line, field. */
  readonly troubles: readonly string[];
  /** The repository's own file says them; null: config.yaml does. */
  readonly heldBy: string | null;
  /** Are agents told of it by themselves? */
  tellAgents(key: ReactionKey, on: boolean): Promise<void>;
  look(): void;
}

interface Read {
  readonly home: readonly RuleView[];
  readonly list: readonly RuleView[];
  readonly troubles: readonly string[];
}

/** @param project null: of all that say nothing else; the same for as long as what shows it */
export function useRules(project: ProjectView | null): Rules {
  const { connection } = useApp();
  const of = project?.id ?? null;
  const [read, setRead] = useState<Read | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const look = useCallback(() => {
    void Promise.all([
      connection.call('reaction.list', { project: of, session: null }),
      connection.call('config.explain', { project: null }),
    ]).then(([listed, explained]) => {
      setProblem(listed.ok ? (explained.ok ? null : explained.problem) : listed.problem);
      if (!listed.ok || !explained.ok) return;
      const troubles = explained.value.troubles.filter((trouble) => leavesRulesOpen(trouble, of)).map(troubleLine);
      setRead({ ...inForce(listed.value.rules, of), troubles });
    });
  }, [connection, of]);
  useOnConfiguration(look);
  const counts = project?.file?.counts.includes('reactions') === true;
  return {
    list: read?.list ?? null,
    problem,
    troubles: read?.troubles ?? [],
    heldBy: counts ? (project.file?.path ?? null) : null,
    async tellAgents(key, on) {
      // What is so anyway is not written.
      const anyway = of === null ? usually(key) : read?.home.find((one) => one.key === key)?.rule.auto !== false;
      const place = of === null ? 'reactions' : `projects.${of}.reactions`;
      const value = on === anyway ? null : String(on);
      const set = await connection.call('config.set', { key: `${place}.${key}.auto`, value });
      setProblem(set.ok ? null : set.problem);
      if (set.ok) look();
    },
    look,
  };
}

/** Those of the home, and in their places what the project says differently. */
function inForce(rules: readonly RuleView[], of: string | null): Pick<Read, 'home' | 'list'> {
  const home = rules.filter(({ project }) => project === null);
  const own = new Map(rules.filter(({ project }) => project === of).map((one) => [one.key, one]));
  return { home, list: home.map((one) => own.get(one.key) ?? one) };
}

const troubleLine = ({ file, line, field, what }: ConfigTrouble): string =>
  `${file}, line ${line}: ${field === null ? '' : `${field}: `}${what}`;

const usually = (key: ReactionKey): boolean => wholeRule(key, [{}, {}])?.auto !== false;
