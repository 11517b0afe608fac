// OpenAI's chat completions, as opencode and many others speak them to a provider of one's own.
import { z } from 'zod';
import type { Said } from './answer.ts';
import type { Dialect, ModelMessage, ModelRequest } from './dialect.ts';

const contentSchema = z.union([
  z.string(),
  z
    .array(z.looseObject({ text: z.string().optional() }))
    .transform((parts) => parts.map(({ text }) => text ?? '').join('')),
]);
const callSchema = z.looseObject({ function: z.looseObject({ name: z.string(), arguments: z.string() }) });
const messageSchema = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: contentSchema.nullish(),
  tool_calls: z.array(callSchema).default([]),
});
const requestSchema = z.looseObject({
  model: z.string(),
  messages: z.array(messageSchema),
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }) })).default([]),
  stream: z.boolean().default(false),
});

export const chatCompletionsApi: Dialect = {
  name: 'chat-completions',
  asks: (path) => path === '/v1/chat/completions',
  read(body) {
    const { model, messages, tools, stream } = requestSchema.parse(body);
    const all = messages.flatMap(messagesOf);
    return {
      model,
      instructions: textsOf(all, 'system'),
      tools: tools.map((tool) => tool.function.name),
      messages: all.filter(({ role }) => role !== 'system'),
      streams: stream,
    };
  },
  stream: (said, request) => ({
    head: [{ data: chunk(said, request, { role: 'assistant', content: '' }) }],
    pieces: said.pieces.map((content) => ({ data: chunk(said, request, { content }) })),
    tail: [
      ...(said.call === null ? [] : [{ data: chunk(said, request, { tool_calls: toolCalls(said) }) }]),
      { data: chunk(said, request, {}, finishReason(said)) },
      { data: '[DONE]' },
    ],
  }),
  whole: (said, { model }) => ({
    ...{ id: said.id, object: 'chat.completion', created: 0, model, usage },
    choices: [{ index: 0, message: wholeMessage(said), finish_reason: finishReason(said) }],
  }),
};

const wholeMessage = (said: Said) => ({
  role: 'assistant',
  content: said.pieces.join(''),
  ...(said.call === null ? {} : { tool_calls: toolCalls(said) }),
});

function messagesOf({ role, content, tool_calls: calls }: z.infer<typeof messageSchema>): ModelMessage[] {
  const own = { system: 'system', developer: 'system', user: 'person', assistant: 'model', tool: 'tool' } as const;
  const called = calls.map((call) => `${call.function.name} ${call.function.arguments}`);
  return [...(content ? [content] : []), ...called].map((text) => ({ role: own[role], text }));
}

const textsOf = (messages: readonly ModelMessage[], wanted: ModelMessage['role']): string =>
  messages
    .filter(({ role }) => role === wanted)
    .map(({ text }) => text)
    .join('\n');

const finishReason = ({ call }: Said): string => (call === null ? 'stop' : 'tool_calls');
const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };

const chunk = ({ id }: Said, { model }: ModelRequest, delta: object, finish: string | null = null) => ({
  ...{ id, object: 'chat.completion.chunk', created: 0, model },
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...(finish === null ? {} : { usage }),
});

const toolCalls = ({ id, call }: Said) => [
  {
    index: 0,
    id: `call_${id}`,
    type: 'function',
    function: { name: call?.name, arguments: JSON.stringify(call?.input) },
  },
];
