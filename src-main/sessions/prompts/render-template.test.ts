import { expect, it } from 'vitest';
import { renderTemplate } from './render-template.ts';

it.each([
  ['Hello {{name}}.', { name: 'you' }, {}, 'Hello you.\n'],
  ['{{a}}{{a}} {{b}}', { a: '1', b: '2' }, {}, '11 2\n'],
  ['a\n{{X_START}}\nb\n{{X_END}}\nc', {}, { X: true }, 'a\nb\nc\n'],
  ['a\n{{X_START}}\nb\n{{X_END}}\nc', {}, { X: false }, 'a\nc\n'],
  ['one{{X_START}}, two{{X_END}}.', {}, { X: true }, 'one, two.\n'],
  ['one{{X_START}}, two{{X_END}}.', {}, { X: false }, 'one.\n'],
  // What is left out needs no value.
  ['a{{X_START}}{{gone}}{{X_END}}', {}, { X: false }, 'a\n'],
])('%j with %j and %j is %j', (template, values, blocks, text) => {
  expect(renderTemplate(template, values, blocks)).toBe(text);
});

it('puts values in as they are: neither a mark, nor a placeholder, nor a sign of replacement in one is anything but text', () => {
  const hostile = '{{other}} {{X_START}} $& $1 {{X_END}}';
  expect(renderTemplate('{{value}}{{X_START}}!{{X_END}}', { value: hostile, other: 'no' }, { X: true })).toBe(
    `${hostile}!\n`,
  );
});

it.each([
  ['{{unknown}}', {}, 'Nothing was given for {{unknown}}'],
  ['{{toString}}', {}, 'Nothing was given for {{toString}}'],
  ['{{ name }}', {}, 'Nothing was given for {{ name }}'],
  ['{{X_START}} a', { X: true }, 'Block X has no end'],
  ['a {{X_END}}', { X: true }, 'Block X ends without having begun'],
  ['{{X_START}}{{Y_START}}{{Y_END}}{{X_END}}', { X: true, Y: true }, 'Block Y begins inside of block X'],
  ['{{X_START}}{{Y_END}}', { X: true, Y: true }, 'Block Y ends without having begun'],
  ['{{X_START}}{{X_END}}', {}, 'Nobody said whether block X is kept'],
])('refuses %j with %j: %s', (template, blocks, message) => {
  expect(() => renderTemplate(template, { name: 'you' }, blocks as Record<string, boolean>)).toThrow(message);
});
