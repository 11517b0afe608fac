// A claim: one live session per project and issue. The refusal's text is part of the command's interface.
import type { Lifecycle } from './lifecycle.ts';
import { isSpawnTerminal } from './lifecycle.ts';
import type { Owner } from './owner.ts';
import { statusOf } from './status.ts';

export interface Claimant {
  readonly id: string;
  readonly owner: Owner;
  readonly lifecycle: Lifecycle;
}

/** Does this session still own its issue? A detecting or lost one does. */
export const holdsClaim = (claimant: Claimant): boolean => !isSpawnTerminal(claimant.lifecycle);

/** @param issue the issue's normal form */
export const refusalText = (claimant: Claimant, issue: string): string =>
  `SPAWN REFUSED: ${claimant.id} already owns ${issue} (owner=${claimant.owner.kind}, status=${statusOf(claimant.lifecycle)})`;
