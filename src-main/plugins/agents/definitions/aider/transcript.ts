// Aider's history of a chat: Markdown, without times. What a person said stands behind `####`, what Aider itself says behind `>`, and the rest is the
// model's. As its source of 0.86 writes it (`aider/io.py`); it was not run.
import type { FactClaim } from '#shared/domain/fact.ts';
import { isReallyInside, probePath } from '../../../../lib/files.ts';
import type { AgentTranscript } from '../../agent.ts';
import { answered, blocked, rests, started, works } from '../claims.ts';
import { isConversation } from '../transcript-line.ts';
import { historyFile } from './history-files.ts';

/** Characters; what says anything is shorter. */
const longest = 4000;

export const aiderTranscript: AgentTranscript = {
  locate({ conversation, sessionDirectory }) {
    if (!isConversation(conversation)) return null;
    const path = historyFile({ sessionDirectory }, conversation);
    return probePath(path).kind === 'file' && isReallyInside(path, sessionDirectory) ? path : null;
  },
  facts(line) {
    const claim = line.length > longest ? null : claimOf(line.trimEnd());
    return claim === null ? [] : [{ at: null, claim }];
  },
};

function claimOf(line: string): FactClaim | null {
  if (line.startsWith('# aider chat started at ')) return started;
  if (line.startsWith('#### ')) return isCommand(line.slice(5)) ? null : works(null);
  return line.startsWith('> ') ? ofAider(line.slice(2)) : null;
}

/** Most of its commands make no turn; these ask the model. */
const isCommand = (text: string): boolean =>
  /^[/!]/.test(text) && !/^\/(?:ask|code|architect|context|help)\s+\S/.test(text);

function ofAider(text: string): FactClaim | null {
  // Written once an answer is whole. Edits, commits and tests follow within moments, or a question, which its screen shows.
  if (/^Tokens: \S+ sent, /.test(text)) return rests;
  if (text === '^C again to exit') return rests;
  // A question is written down with its answer.
  if (/\(Y\)es\/\(N\)o.{0,80}: \w+$/.test(text)) return answered;
  return /^litellm\.[\w.]*(?:Error|Exception)\b|has hit a token limit!$/.test(text) ? blocked(text) : null;
}
