import type { Contract, Member } from './define-contract.ts';
import { wireProblem, type WireProblem } from './protocol.ts';

type MemberOfKind<Kind extends Member['kind']> = Extract<Member, { readonly kind: Kind }>;

/** The member of that name and kind. Names come from outside: only the contract's own keys count. */
export function findMember<Kind extends Member['kind']>(
  { members }: Contract,
  kind: Kind,
  name: string,
): MemberOfKind<Kind> | null {
  const member = Object.hasOwn(members, name) ? members[name] : undefined;
  return member?.kind === kind ? (member as MemberOfKind<Kind>) : null;
}

export const unknownMember = (kind: Member['kind'], name: string): WireProblem =>
  wireProblem('unknown-member', `This host has no ${kind} called ${JSON.stringify(name)}.`, {
    todo: 'Use the same version of the host and its client.',
  });

export const tooMany = (maximal: number): WireProblem =>
  wireProblem('busy', `This connection has ${maximal} open already.`, { todo: 'Close some, then try again.' });
