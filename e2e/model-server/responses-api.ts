// OpenAI's Responses API, as Codex speaks it.
import { z } from 'zod';
import type { Said } from './answer.ts';
import type { Dialect, ModelMessage } from './dialect.ts';

const contentSchema = z.union([
  z.string(),
  z
    .array(z.looseObject({ text: z.string().optional() }))
    .transform((parts) => parts.map(({ text }) => text ?? '').join('')),
]);
const itemSchema = z.looseObject({
  type: z.string().default('message'),
  role: z.string().optional(),
  content: contentSchema.nullish(),
  name: z.string().optional(),
  arguments: z.string().optional(),
  output: z.unknown().optional(),
});
const requestSchema = z.looseObject({
  model: z.string(),
  instructions: z.string().default(''),
  tools: z.array(z.looseObject({ type: z.string(), name: z.string().optional() })).default([]),
  input: z.array(itemSchema),
  stream: z.boolean().default(false),
});

export const responsesApi: Dialect = {
  name: 'responses',
  asks: (path) => path === '/v1/responses',
  read(body) {
    const { model, instructions, tools, input, stream } = requestSchema.parse(body);
    return {
      model,
      instructions,
      tools: tools.map(({ type, name }) => name ?? type),
      messages: input.flatMap(messageOf),
      streams: stream,
    };
  },
  stream: (said) => ({
    head: [
      event('response.created', { response: { id: `resp_${said.id}` } }),
      ...(said.pieces.length > 0 ? [event('response.output_item.added', { item: textItem(said, '') })] : []),
    ],
    pieces: said.pieces.map((delta) => event('response.output_text.delta', { item_id: `item_${said.id}`, delta })),
    tail: [
      ...itemsOf(said).map((item) => event('response.output_item.done', { item })),
      event('response.completed', { response: { id: `resp_${said.id}`, usage } }),
    ],
  }),
  whole: (said) => ({ id: `resp_${said.id}`, status: 'completed', output: itemsOf(said), usage }),
};

function messageOf({
  type,
  role,
  content,
  name,
  arguments: input,
  output,
}: z.infer<typeof itemSchema>): ModelMessage[] {
  if (type === 'function_call_output') return [{ role: 'tool', text: JSON.stringify(output) }];
  if (type === 'function_call') return [{ role: 'model', text: `${name} ${input}` }];
  if (type !== 'message') return [];
  const own = role === 'user' ? 'person' : role === 'assistant' ? 'model' : 'system';
  return [{ role: own, text: content ?? '' }];
}

const usage = {
  input_tokens: 10,
  input_tokens_details: null,
  output_tokens: 5,
  output_tokens_details: null,
  total_tokens: 15,
};

const itemsOf = (said: Said) => [
  ...(said.pieces.length > 0 ? [textItem(said, said.pieces.join(''))] : []),
  ...(said.call === null
    ? []
    : [
        {
          type: 'function_call',
          id: `call_item_${said.id}`,
          call_id: `call_${said.id}`,
          name: said.call.name,
          arguments: JSON.stringify(said.call.input),
        },
      ]),
];

const textItem = ({ id }: Said, text: string) => ({
  type: 'message',
  id: `item_${id}`,
  role: 'assistant',
  content: text === '' ? [] : [{ type: 'output_text', text, annotations: [] }],
});

const event = (type: string, fields: object) => ({ event: type, data: { type, ...fields } });
