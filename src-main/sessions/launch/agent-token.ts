// The token by which an agent proves which session it is. It stands in the agent's environment alone; what is stored is its hash.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { AgentDefinition } from '../../plugins/agents/agent.ts';
import type { Transaction } from '../../storage/store.ts';
import { deleteToken, setTokenHash } from '../../storage/tokens.ts';

export interface AgentToken {
  /** Secret. */
  readonly text: string;
  readonly hash: string;
}

/** Recognisable, so that whoever looks for secrets finds it. */
const form = /^athene_[A-Za-z0-9_-]{43}$/;

export function newToken(): AgentToken {
  const text = `athene_${randomBytes(32).toString('base64url')}`;
  return { text, hash: hashOf(text) };
}

/** Null for an agent that acts for the person. */
export const tokenFor = ({ actsForPerson }: AgentDefinition): AgentToken | null =>
  actsForPerson === true ? null : newToken();

/** In the transaction that precedes the start of the agent; what an earlier agent of the session had is worth nothing any more. */
export function storeToken(tx: Transaction, session: string, token: AgentToken | null): void {
  if (token === null) deleteToken(tx, session);
  else setTokenHash(tx, session, token.hash);
}

/** The time it takes says nothing of the hash. What has not the form of a token is not even hashed. */
export function provesToken(text: string, hash: string): boolean {
  if (!form.test(text)) return false;
  const [given, stored] = [Buffer.from(hashOf(text), 'hex'), Buffer.from(hash, 'hex')];
  return given.length === stored.length && timingSafeEqual(given, stored);
}

// No salt and no slow hash: 256 random bits can't be guessed.
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
