// What the sandbox's repository holds, commit by commit. `npm test` in it passes and needs nothing but Node.

const readme = `# Sandbox

A small repository to try coding agents in. Break it, mend it, throw it away.

    npm test
`;

const packageFile = `{
  "name": "sandbox",
  "private": true,
  "type": "module",
  "scripts": { "test": "node --test" }
}
`;

const greet = `const greetings = { en: 'Hello', de: 'Hallo', fr: 'Bonjour' };

export function greet(name, language = 'en') {
  const greeting = greetings[language];
  if (greeting === undefined) throw new RangeError(\`No greeting in "\${language}"\`);
  return \`\${greeting}, \${name}!\`;
}
`;

const greetTest = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { greet } from '../src/greet.js';

test('greets in English unless told otherwise', () => {
  assert.equal(greet('Ada'), 'Hello, Ada!');
  assert.equal(greet('Ada', 'fr'), 'Bonjour, Ada!');
});

test('refuses a language that it does not speak', () => {
  assert.throws(() => greet('Ada', 'xx'), RangeError);
});
`;

const count = `// Slower than it has to be: a task for an agent.
export function countWords(text) {
  const counts = {};
  const words = text.split(/\\s+/).filter((word) => word !== '');
  for (const word of words) {
    counts[word] = words.filter((other) => other === word).length;
  }
  return counts;
}
`;

const countTest = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countWords } from '../src/count-words.js';

test('counts each word', () => {
  assert.deepEqual(countWords('a b  a'), { a: 2, b: 1 });
});
`;

const ignore = `node_modules/
.env
`;

export const editions: readonly { readonly message: string; readonly files: Readonly<Record<string, string>> }[] = [
  {
    message: 'Start with a read-me',
    files: { 'README.md': readme, 'package.json': packageFile, '.gitignore': ignore },
  },
  { message: 'Greet people in three languages', files: { 'src/greet.js': greet, 'test/greet.test.js': greetTest } },
  { message: 'Count words', files: { 'src/count-words.js': count, 'test/count-words.test.js': countTest } },
];
