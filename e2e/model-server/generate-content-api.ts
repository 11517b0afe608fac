// Google's generateContent, as Gemini CLI speaks it.
import { z } from 'zod';
import type { Said } from './answer.ts';
import type { Dialect, ModelMessage } from './dialect.ts';

const partSchema = z.looseObject({
  text: z.string().optional(),
  functionCall: z.looseObject({ name: z.string(), args: z.unknown().optional() }).optional(),
  functionResponse: z.looseObject({ response: z.unknown().optional() }).optional(),
});
const contentSchema = z.looseObject({ role: z.string().optional(), parts: z.array(partSchema).default([]) });
const requestSchema = z.looseObject({
  contents: z.array(contentSchema),
  systemInstruction: contentSchema.optional(),
  tools: z
    .array(z.looseObject({ functionDeclarations: z.array(z.looseObject({ name: z.string() })).default([]) }))
    .default([]),
});
const path = /\/models\/([^/:]+):(generateContent|streamGenerateContent)$/;

export const generateContentApi: Dialect = {
  name: 'generate-content',
  asks: (asked) => path.test(asked),
  read(body, asked) {
    const { contents, systemInstruction, tools } = requestSchema.parse(body);
    const [, model = '', verb] = path.exec(asked) ?? [];
    return {
      model,
      instructions: (systemInstruction?.parts ?? []).map(({ text }) => text ?? '').join('\n'),
      tools: tools.flatMap(({ functionDeclarations }) => functionDeclarations.map(({ name }) => name)),
      messages: contents.flatMap(({ role, parts }) => parts.map((part) => messageOf(role, part))),
      streams: verb === 'streamGenerateContent',
    };
  },
  stream: (said) => ({
    head: [],
    pieces: said.pieces.map((text) => ({ data: candidate([{ text }], {}) })),
    tail: [{ data: candidate(callParts(said), end) }],
  }),
  whole: (said) => candidate([...said.pieces.map((text) => ({ text })), ...callParts(said)], end),
};

function messageOf(role: string | undefined, part: z.infer<typeof partSchema>): ModelMessage {
  if (part.functionResponse !== undefined)
    return { role: 'tool', text: JSON.stringify(part.functionResponse.response) };
  if (part.functionCall !== undefined) {
    return { role: 'model', text: `${part.functionCall.name} ${JSON.stringify(part.functionCall.args)}` };
  }
  return { role: role === 'model' ? 'model' : 'person', text: part.text ?? '' };
}

const candidate = (parts: readonly object[], fields: object) => ({
  candidates: [{ index: 0, content: { role: 'model', parts }, ...fields }],
  usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 },
});
const end = { finishReason: 'STOP' };
const callParts = ({ call }: Said) =>
  call === null ? [] : [{ functionCall: { name: call.name, args: call.input }, thoughtSignature: 'c2NyaXB0ZWQ=' }];
