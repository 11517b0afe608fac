// A text that a person gives by a file, or pipes in.
import { maximalPromptLength } from '#shared/domain/session.ts';
import { readTextIfThere } from '../lib/files.ts';
import { CommandFailed } from './command-failed.ts';

/** @param kept what a failure leaves as it is */
export async function textOf(file: string, kept: string): Promise<string> {
  if (file === '-') return piped();
  const text = read(file, kept);
  if (text !== null) return text;
  throw new CommandFailed({ code: 'file-missing', what: `There is no file ${file}.`, kept });
}

function read(file: string, kept: string): string | null {
  try {
    return readTextIfThere(file, { maxBytes: 4 * maximalPromptLength, followLinks: true });
  } catch (error) {
    const what = `${file} can't be read: ${error instanceof Error ? error.message : String(error)}`;
    throw new CommandFailed({ code: 'file-unreadable', what, kept });
  }
}

async function piped(): Promise<string> {
  process.stdin.setEncoding('utf8');
  let text = '';
  for await (const part of process.stdin) {
    text += String(part);
    // Refused by its length below; more need not be read.
    if (text.length > maximalPromptLength) break;
  }
  return text;
}
