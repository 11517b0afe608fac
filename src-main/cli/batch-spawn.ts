import { readVariable } from '#shared/domain/environment.ts';
import { usualPlace } from '#shared/domain/spawn.ts';
import { ordinal } from '#shared/domain/waiting-line.ts';
import type { Host } from '../host/host.ts';
import { planBatch, type BatchItem, type PlannedItem } from './batch-plan.ts';
import { targetOfIssue } from './choose-project.ts';
import { CommandFailed } from './command-failed.ts';
import { defineCommand } from './command.ts';
import { addressFor } from './open.ts';
import { openBrowser } from './open-browser.ts';
import { withHost } from './open-local-host.ts';
import { projectHere } from './project-here.ts';
import { startOf, startOptions, wantedStart } from './spawn.ts';
import { spawnOrCancel, stops } from './spawn-or-cancel.ts';
import { jsonLine, plain } from './table.ts';
import { unfollowedLines } from './unfollowed.ts';

interface Outcome {
  readonly issue: string;
  readonly project: string;
  readonly outcome: 'created' | 'queued' | 'skipped' | 'failed' | 'not-begun';
  readonly session: string | null;
  readonly why: string | null;
}

export const batchSpawn = defineCommand({
  name: 'batch-spawn',
  summary: 'starts a session for each of several issues',
  words: [{ name: 'ISSUE', many: true }],
  options: {
    project: { short: 'p', value: 'P', takes: 'project', says: 'all of this project' },
    ...startOptions,
    open: { says: 'shows them in a browser, where a server runs' },
    json: {
      says: '{"data": [{issue, project, outcome, session, why}], "meta": {created, queued, skipped, failed, notBegun}}',
    },
  },
  notes: `One after another, those of one project together. Skipped are issues that a session has already, and what stands there twice.
What goes beyond the limit of agents waits in line; an app or server of Athene starts it when its turn comes.
Ctrl+C takes back the one that is being made, begins no other, and says what was made.
Exit code: 1 when one failed or was not begun.`,
  run: ({ values, words: [issues] }) =>
    withHost(async (host) => {
      const items: BatchItem[] = [];
      for (const given of issues) {
        const target = await targetOfIssue(host.projects(), {
          ...{ issue: given, project: values.project ?? null },
          variable: readVariable(process.env, 'PROJECT_ID'),
          here: () => projectHere(host, process.cwd()),
        });
        items.push({ given, target });
      }
      const say = values.json === true ? () => undefined : printOutcome;
      const outcomes = await spawnAll(host, planBatch(items, host.listSessions()), { values, say });
      printSummary(outcomes, values.json === true);
      const some = outcomes.some(({ outcome }) => outcome === 'created' || outcome === 'queued');
      if (some && values.json !== true) process.stdout.write(unfollowedLines(host));
      if (values.open === true && outcomes.some(({ session }) => session !== null)) {
        await openBrowser(await addressFor(host, null));
      }
      return outcomes.some(({ outcome }) => outcome === 'failed' || outcome === 'not-begun') ? 1 : 0;
    }),
});

interface Batch {
  readonly values: Parameters<typeof wantedStart>[0];
  readonly say: (outcome: Outcome, place: { readonly index: number; readonly count: number }) => void;
}

async function spawnAll(host: Host, plan: readonly PlannedItem[], { values, say }: Batch): Promise<readonly Outcome[]> {
  let interrupted = false;
  const stop = (): void => void (interrupted = true);
  for (const signal of stops) process.once(signal, stop);
  const outcomes: Outcome[] = [];
  for (const [index, item] of plan.entries()) {
    const about = { issue: item.given, project: item.target.project, session: null, why: null };
    const outcome: Outcome =
      item.skip !== null
        ? { ...about, outcome: 'skipped', session: item.owner, why: item.skip }
        : interrupted
          ? { ...about, outcome: 'not-begun' }
          : { ...about, ...(await spawnOne(host, item, values)) };
    outcomes.push(outcome);
    say(outcome, { index, count: plan.length });
  }
  for (const signal of stops) process.off(signal, stop);
  return outcomes;
}

type Made = Pick<Outcome, 'outcome' | 'session' | 'why'>;

/** A refusal of one stops no other; what nobody expected stops all. */
async function spawnOne(host: Host, { target }: BatchItem, values: Batch['values']): Promise<Made> {
  const start = startOf(host, target.project);
  const wanted = {
    ...wantedStart(values, start),
    ...{
      project: target.project,
      issue: target.issue,
      prompt: null,
      command: null,
      name: null,
      branch: null,
      base: null,
    },
    workspace: start.workspace === 'clone' ? ({ kind: 'clone' } as const) : usualPlace.workspace,
  };
  try {
    const made = await spawnOrCancel(host, wanted, { waits: false });
    if (made.kind === 'made') return { outcome: 'created', session: made.session, why: null };
    return { outcome: 'queued', session: null, why: `${ordinal(made.place)} in line` };
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    // Somebody was faster since the plan was made.
    const taken = error.problem.what.startsWith('SPAWN REFUSED');
    return { outcome: taken ? 'skipped' : 'failed', session: null, why: error.problem.what };
  }
}

const words = {
  created: 'created',
  queued: 'queued',
  skipped: 'skipped',
  failed: 'failed',
  'not-begun': 'not begun',
} as const satisfies Record<Outcome['outcome'], string>;

function printOutcome(
  { issue, project, outcome, session, why }: Outcome,
  { index, count }: { readonly index: number; readonly count: number },
): void {
  const what = outcome === 'created' ? (session ?? '') : `${words[outcome]}${why === null ? '' : `: ${why}`}`;
  const line = plain(`[${index + 1}/${count}] ${project} ${issue}: ${what}`);
  (outcome === 'failed' ? process.stderr : process.stdout).write(`${line}\n`);
}

function printSummary(outcomes: readonly Outcome[], json: boolean): void {
  const count = (which: Outcome['outcome']): number => outcomes.filter(({ outcome }) => outcome === which).length;
  const counts = {
    created: count('created'),
    queued: count('queued'),
    skipped: count('skipped'),
    failed: count('failed'),
  };
  const meta = { ...counts, notBegun: count('not-begun') };
  if (json) return void process.stdout.write(jsonLine({ data: outcomes, meta }));
  const said = [
    `${meta.created} created`,
    ...(meta.queued === 0 ? [] : [`${meta.queued} in line`]),
    `${meta.skipped} skipped`,
    `${meta.failed} failed`,
    ...(meta.notBegun === 0 ? [] : [`${meta.notBegun} not begun`]),
  ];
  process.stdout.write(`${said.join(', ')}.\n`);
}
