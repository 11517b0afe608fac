// A model on loopback that says what a script lets it say, so that the real agents can be tried without account and network.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type Answer, saidBy } from './answer.ts';
import { chatCompletionsApi } from './chat-completions-api.ts';
import type { Dialect, ModelRequest, ServerEvent } from './dialect.ts';
import { generateContentApi } from './generate-content-api.ts';
import { messagesApi } from './messages-api.ts';
import { responsesApi } from './responses-api.ts';

export interface ModelServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Turns that were asked for, oldest first; an agent's asides (requests without tools) are not among them. */
  readonly requests: readonly ModelRequest[];
  /** `METHOD path` of everything that came, for a look at what an agent does. */
  readonly log: readonly string[];
  /** Adds to the script: one answer a turn. Beyond its end the model says that it has nothing to say. */
  say(...answers: readonly Answer[]): void;
  /** The same for the agent whose requests have this in what it is told; it gets nothing of the common script. */
  sayTo(who: RegExp, ...answers: readonly Answer[]): void;
  close(): Promise<void>;
}

const dialects: readonly Dialect[] = [messagesApi, responsesApi, generateContentApi, chatCompletionsApi];

export async function startModelServer(): Promise<ModelServer> {
  const stage: Stage = { script: [], parts: [], requests: [], log: [], turns: 0 };
  const server = createServer((request, response) => {
    void answer(stage, request, response).catch((error: unknown) => refuse(response, 500, String(error)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: stage.requests,
    log: stage.log,
    say: (...answers) => void stage.script.push(...answers),
    sayTo: (who, ...answers) => {
      const part = stage.parts.find((each) => each.who.source === who.source);
      if (part === undefined) stage.parts.push({ who, script: [...answers] });
      else part.script.push(...answers);
    },
    close: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Stage {
  readonly script: Answer[];
  readonly parts: { readonly who: RegExp; readonly script: Answer[] }[];
  readonly requests: ModelRequest[];
  readonly log: string[];
  turns: number;
}

async function answer(stage: Stage, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(incoming.url ?? '/', 'http://loopback').pathname;
  stage.log.push(`${incoming.method} ${path}`);
  const body = await bodyOf(incoming);
  if (/\/count_tokens$|:countTokens$/.test(path)) return sendJson(response, 200, { input_tokens: 10, totalTokens: 10 });
  const dialect = dialects.find(({ asks }) => incoming.method === 'POST' && asks(path));
  if (dialect === undefined) return refuse(response, 404, `No model answers ${path}`);
  const request = dialect.read(JSON.parse(body), path);
  await send(response, dialect, request, nextAnswer(stage, request), String((stage.turns += 1)));
}

function nextAnswer({ parts, script: common, requests }: Stage, request: ModelRequest): Answer {
  if (request.tools.length === 0) return { kind: 'text', text: 'An aside' };
  requests.push(request);
  const told = toldTo(request);
  const script = parts.find(({ who }) => who.test(told))?.script ?? common;
  return script.shift() ?? { kind: 'text', text: 'I have nothing to say.' };
}

/** All but what the model and its tools said: some agents put what they are told into messages of the person. */
export const toldTo = ({ instructions, messages }: ModelRequest): string =>
  [instructions, ...messages.filter(({ role }) => role === 'system' || role === 'person').map(({ text }) => text)].join(
    '\n',
  );

async function send(
  response: ServerResponse,
  dialect: Dialect,
  request: ModelRequest,
  said: Answer,
  id: string,
): Promise<void> {
  if (said.kind === 'error') return refuse(response, said.status, said.message);
  const turn = saidBy(said, id);
  if (!request.streams) return sendJson(response, 200, dialect.whole(turn, request));
  const { head, pieces, tail } = dialect.stream(turn, request);
  const [first, ...rest] = pieces;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.write([...head, ...(first === undefined ? [] : [first])].map(asText).join(''));
  if (said.kind === 'slow') await said.until;
  response.end([...rest, ...tail].map(asText).join(''));
}

const asText = ({ event, data }: ServerEvent): string =>
  `${event === undefined ? '' : `event: ${event}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

/** Has what each of the APIs expects of an error. */
function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) return void response.destroy();
  sendJson(response, status, {
    type: 'error',
    error: { type: 'invalid_request_error', code: status, status: 'REFUSED', message },
  });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
