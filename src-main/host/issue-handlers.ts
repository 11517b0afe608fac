// The members of the contract about issues, each with who does it.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { Caller } from '#shared/domain/caller.ts';
import type { Handlers } from '#shared/rpc/handlers.ts';
import { createIssue, listIssues, setIssueState, showIssue } from '../sessions/issues.ts';
import type { HostParts } from './host.ts';

type Calls = Handlers<AtheneContract, Caller>['calls'];

export const issueHandlers = ({
  sessions,
}: Pick<HostParts, 'sessions'>): Pick<Calls, Extract<keyof Calls, `issue.${string}`>> => ({
  'issue.list': (input) => listIssues(sessions, input),
  'issue.show': (input) => showIssue(sessions, input),
  'issue.create': (input) => createIssue(sessions, input),
  'issue.setState': (input) => setIssueState(sessions, input),
});
