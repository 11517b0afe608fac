// Anthropic's Messages API, as Claude Code speaks it.
import { z } from 'zod';
import type { Said } from './answer.ts';
import type { Dialect, ModelMessage, ModelRequest } from './dialect.ts';

const blockSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  name: z.string().optional(),
  input: z.unknown().optional(),
  content: z.unknown().optional(),
});
const contentSchema = z.union([z.string().transform((text) => [{ type: 'text', text }]), z.array(blockSchema)]);
const requestSchema = z.looseObject({
  model: z.string(),
  system: contentSchema.default([]),
  tools: z.array(z.looseObject({ name: z.string() })).default([]),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant', 'system']), content: contentSchema })),
  stream: z.boolean().default(false),
});

export const messagesApi: Dialect = {
  name: 'messages',
  asks: (path) => path === '/v1/messages',
  read(body) {
    const { model, system, tools, messages, stream } = requestSchema.parse(body);
    return {
      model,
      instructions: system.map(textOf).join('\n'),
      tools: tools.map(({ name }) => name),
      messages: messages.flatMap(({ role, content }) => content.map((block) => messageOf(role, block))),
      streams: stream,
    };
  },
  stream: (said, request) => ({
    head: [
      event('message_start', { message: { ...messageHead(said, request), content: [], stop_reason: null } }),
      ...(said.pieces.length > 0 ? [blockStart(0, { type: 'text', text: '' })] : []),
    ],
    pieces: said.pieces.map((text) => blockDelta(0, { type: 'text_delta', text })),
    tail: [
      ...(said.pieces.length > 0 ? [blockStop(0)] : []),
      ...callEvents(said),
      event('message_delta', {
        delta: { stop_reason: stopReason(said), stop_sequence: null },
        usage: { output_tokens: 5 },
      }),
      event('message_stop', {}),
    ],
  }),
  whole: (said, request) => ({
    ...messageHead(said, request),
    content: [
      ...(said.pieces.length > 0 ? [{ type: 'text', text: said.pieces.join('') }] : []),
      ...(said.call === null ? [] : [{ ...callBlock(said), input: said.call.input }]),
    ],
    stop_reason: stopReason(said),
  }),
};

type Block = { readonly type: string; readonly text?: string | undefined } & Partial<z.infer<typeof blockSchema>>;

function messageOf(role: 'user' | 'assistant' | 'system', block: Block): ModelMessage {
  if (block.type === 'tool_result') return { role: 'tool', text: JSON.stringify(block.content) };
  if (block.type === 'tool_use') return { role: 'model', text: `${block.name} ${JSON.stringify(block.input)}` };
  const own = { user: 'person', assistant: 'model', system: 'system' } as const;
  return { role: own[role], text: textOf(block) };
}

const textOf = (block: Block): string => block.text ?? '';
const stopReason = ({ call }: Said): string => (call === null ? 'end_turn' : 'tool_use');
const messageHead = ({ id }: Said, { model }: ModelRequest) => ({
  ...{ id: `msg_${id}`, type: 'message', role: 'assistant', model, stop_sequence: null },
  usage: { input_tokens: 10, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
});
const callBlock = ({ id, call }: Said) => ({ type: 'tool_use', id: `toolu_${id}`, name: call?.name });

function callEvents(said: Said) {
  if (said.call === null) return [];
  const index = said.pieces.length > 0 ? 1 : 0;
  return [
    blockStart(index, { ...callBlock(said), input: {} }),
    blockDelta(index, { type: 'input_json_delta', partial_json: JSON.stringify(said.call.input) }),
    blockStop(index),
  ];
}

const event = (type: string, fields: object) => ({ event: type, data: { type, ...fields } });
const blockStart = (index: number, block: object) => event('content_block_start', { index, content_block: block });
const blockDelta = (index: number, delta: object) => event('content_block_delta', { index, delta });
const blockStop = (index: number) => event('content_block_stop', { index });
