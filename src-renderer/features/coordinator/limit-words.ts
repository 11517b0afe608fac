import type { LimitName } from '../../state/limit-use.ts';

interface Words {
  readonly title: string;
  readonly note: string;
  /** In the line under the tree. */
  readonly short: string;
  readonly most: number;
}

/** Each a setting of config.yaml, of the same name. */
export const limitWords: Readonly<Record<LimitName, Words>> = {
  coordinatorWorkers: {
    title: 'Workers at once',
    note: 'That one coordinator had made, and that have not ended.',
    short: 'workers',
    most: 1000,
  },
  coordinatorSpawnsPerHour: {
    title: 'Sessions started within an hour',
    note: 'By one coordinator, whatever became of them.',
    short: 'this hour',
    most: 10_000,
  },
  orchestratorDepth: {
    title: 'Levels below an orchestrator',
    note: '1: workers alone.',
    short: 'levels',
    most: 5,
  },
  metaOrchestratorDepth: {
    title: 'Levels below a meta orchestrator',
    note: '1: workers alone. 2: orchestrators with workers of theirs.',
    short: 'levels',
    most: 5,
  },
};
