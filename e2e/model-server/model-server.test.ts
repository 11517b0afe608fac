// The scripted model by itself, spoken to as the agents speak to it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from './model-server.ts';

let model: ModelServer;
beforeEach(async () => {
  model = await startModelServer();
});
afterEach(() => model.close());

/** One way to ask per API: the same conversation of a person, a tool call and its outcome. */
const apis = {
  messages: {
    path: '/v1/messages',
    body: {
      model: 'some-model',
      stream: true,
      system: [{ type: 'text', text: 'Be brief.' }],
      tools: [{ name: 'run' }],
      messages: [
        { role: 'user', content: 'do it' },
        { role: 'assistant', content: [{ type: 'tool_use', id: '1', name: 'run', input: { line: 'ls' } }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: '1', content: 'a b' }] },
      ],
    },
  },
  responses: {
    path: '/v1/responses',
    body: {
      model: 'some-model',
      stream: true,
      instructions: 'Be brief.',
      tools: [{ type: 'function', name: 'run' }],
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'do it' }] },
        { type: 'reasoning', summary: [] },
        { type: 'function_call', name: 'run', arguments: '{"line":"ls"}', call_id: '1' },
        { type: 'function_call_output', call_id: '1', output: 'a b' },
      ],
    },
  },
  'generate-content': {
    path: '/v1beta/models/some-model:streamGenerateContent?alt=sse',
    body: {
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      tools: [{ functionDeclarations: [{ name: 'run' }] }],
      contents: [
        { role: 'user', parts: [{ text: 'do it' }] },
        { role: 'model', parts: [{ functionCall: { name: 'run', args: { line: 'ls' } } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'run', response: 'a b' } }] },
      ],
    },
  },
  'chat-completions': {
    path: '/v1/chat/completions',
    body: {
      model: 'some-model',
      stream: true,
      tools: [{ type: 'function', function: { name: 'run' } }],
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: 'do it' }] },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: '1', function: { name: 'run', arguments: '{"line":"ls"}' } }],
        },
        { role: 'tool', tool_call_id: '1', content: '"a b"' },
      ],
    },
  },
} as const;

const ask = (path: string, body: unknown): Promise<Response> =>
  fetch(`${model.url}${path}`, { method: 'POST', body: JSON.stringify(body) });

/** The JSON of every event. */
async function events(response: Response): Promise<readonly unknown[]> {
  const text = await response.text();
  const data = [...text.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => json);
  return data.filter((json) => json !== '[DONE]').map((json): unknown => JSON.parse(json));
}

describe.each(Object.entries(apis))('over %s', (_, { path, body }) => {
  it('keeps what was asked in one common form', async () => {
    await ask(path, body);
    expect(model.requests).toEqual([
      {
        model: 'some-model',
        instructions: 'Be brief.',
        tools: ['run'],
        streams: true,
        messages: [
          { role: 'person', text: 'do it' },
          { role: 'model', text: 'run {"line":"ls"}' },
          { role: 'tool', text: '"a b"' },
        ],
      },
    ]);
  });

  it('answers turn by turn as the script says, and has nothing to say beyond its end', async () => {
    model.say({ kind: 'tool', name: 'run', input: { line: 'pwd' }, text: 'Looking.' }, { kind: 'text', text: 'Done.' });
    const turns = [];
    for (let turn = 0; turn < 3; turn += 1) turns.push(JSON.stringify(await events(await ask(path, body))));
    expect(turns).toEqual([
      expect.stringMatching(/Looking\..*(?:"name":"run".*pwd|pwd.*"name":"run")/),
      expect.stringContaining('Done.'),
      expect.stringContaining('I have nothing to say.'),
    ]);
  });

  it('answers an aside without a turn of the script, and does not keep it', async () => {
    model.say({ kind: 'text', text: 'Done.' });
    const answer = await ask(path, { ...body, tools: [] });
    expect([JSON.stringify(await events(answer)), model.requests]).toEqual([expect.stringContaining('An aside'), []]);
    expect(JSON.stringify(await events(await ask(path, body)))).toContain('Done.');
  });

  it('refuses when the script says so', async () => {
    model.say({ kind: 'error', status: 529, message: 'Too many people.' });
    const refused = await ask(path, body);
    expect([refused.status, await refused.json()]).toEqual([
      529,
      { type: 'error', error: expect.objectContaining({ message: 'Too many people.' }) },
    ]);
  });

  it('stands still in the middle of a text for as long as it is told to', async () => {
    const gate = Promise.withResolvers<null>();
    model.say({ kind: 'slow', text: 'First,', rest: ' then.', until: gate.promise });
    const stream = (await ask(path, body)).body;
    const read = stream?.pipeThrough(new TextDecoderStream()).getReader();
    let seen = '';
    while (!seen.includes('First,')) seen += (await read?.read())?.value ?? '';
    expect(seen).not.toContain(' then.');
    gate.resolve(null);
    for (let part = await read?.read(); part?.done === false; part = await read?.read()) seen += part.value;
    expect(seen).toContain(' then.');
  });
});

it.each([
  ['/v1/messages', apis.messages.body, 'content.0.text'],
  ['/v1/chat/completions', apis['chat-completions'].body, 'choices.0.message.content'],
  ['/v1beta/models/m:generateContent', apis['generate-content'].body, 'candidates.0.content.parts.0.text'],
  ['/v1/responses', apis.responses.body, 'output.0.content.0.text'],
])('gives %s in one piece to whoever does not want a stream', async (path, body, place) => {
  model.say({ kind: 'text', text: 'Done.' });
  expect(await (await ask(path, { ...body, stream: false })).json()).toHaveProperty(place, 'Done.');
});

it('counts tokens, and tells what it can’t answer', async () => {
  expect(await (await ask('/v1/messages/count_tokens', {})).json()).toMatchObject({ input_tokens: 10 });
  expect((await ask('/v1/embeddings', {})).status).toBe(404);
  expect((await ask('/v1/messages', { model: 'm' })).status).toBe(500);
  expect(model.log).toEqual(['POST /v1/messages/count_tokens', 'POST /v1/embeddings', 'POST /v1/messages']);
});

it('keeps one agent’s script from another, by what they are told', async () => {
  model.say({ kind: 'text', text: 'for all' });
  model.sayTo(/session `a-1`/, { kind: 'text', text: 'one' }, { kind: 'text', text: 'two' });
  const answerTo = async (system: string) => {
    const body = { ...apis.messages.body, system: [{ type: 'text', text: system }], stream: false };
    const response = await fetch(`${model.url}/v1/messages`, { method: 'POST', body: JSON.stringify(body) });
    return JSON.stringify(await response.json());
  };
  expect(await answerTo('You are session `a-1`.')).toContain('one');
  expect(await answerTo('You are session `a-2`.')).toContain('for all');
  expect(await answerTo('You are session `a-1`.')).toContain('two');
  expect(await answerTo('You are session `a-1`.')).toContain('nothing to say');
});
