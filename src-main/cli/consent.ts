// The consent that whoever leads acts without asking: asked at a terminal, and never of an agent, which may not give it.
import { createInterface } from 'node:readline/promises';
import { CommandFailed } from './command-failed.ts';

/** Runs it as it was called; where only the consent is missing and somebody can be asked, asks and runs it again. */
export async function withConsent<T>(allowed: boolean, start: (allow: boolean) => Promise<T>): Promise<T> {
  try {
    return await start(allowed);
  } catch (error) {
    const missing = error instanceof CommandFailed && error.problem.code === 'consent-needed';
    if (!missing || !process.stdin.isTTY || !process.stderr.isTTY || !(await agrees())) throw error;
    return start(true);
  }
}

const question = `An agent that leads others runs commands without asking you each time: it could not work otherwise.
Its workers ask as before. This holds for all that lead, until you take it back (athene orchestrator consent --revoke).
Do you agree? [y/N] `;

async function agrees(): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await lines.question(question)).trim());
  } catch (error) {
    // Ctrl+C or Ctrl+D: nobody has agreed. The line that was asked on is not ended by it.
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    process.stderr.write('\n');
    return false;
  } finally {
    lines.close();
  }
}

export const consentOption = {
  'allow-permissionless': { says: 'you agree, once for all that lead, that they act without asking' },
} as const;
