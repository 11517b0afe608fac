// What is asked for when a message is sent, and what becomes of it.
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { SendOutcome } from '#shared/domain/message.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { CodeOf } from '#shared/rpc/define-contract.ts';
import type { Delivery } from '../../storage/outbox.ts';

export type SendProblem = Problem<CodeOf<AtheneContract, 'session.send'>>;

export interface MessageToSend {
  readonly id: string;
  /** UUID made by the client: it is typed once, however often it is sent; each time it is answered with what became of it. */
  readonly message: string;
  readonly text: string;
  readonly kind?: Delivery['kind'];
  /** The session whose agent sends it; null: a person does. */
  readonly from?: string | null;
  /** False: one that has ended is a refusal. */
  readonly restore: boolean;
  /** Typed also while a question stands on the screen. */
  readonly anyway: boolean;
  /** Seconds to wait for an agent to listen, a question to be answered, a session to be made; 0 leaves it to whoever runs. */
  readonly timeout: number;
}

export interface Sent {
  readonly outcome: SendOutcome;
  /** Why it is not confirmed. */
  readonly why: string | null;
  readonly restored: boolean;
}
