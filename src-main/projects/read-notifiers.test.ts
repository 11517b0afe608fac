import { describe, expect, it } from 'vitest';
import { completeRouting, everythingTo } from '#shared/domain/notifier.ts';
import { parseConfig } from './config-file.ts';
import { troubleText } from './config-trouble.ts';
import { readNotifiers } from './read-notifiers.ts';

const read = (...lines: readonly string[]) => {
  const found = readNotifiers(parseConfig(lines.join('\n')));
  return { ...found, troubles: found.troubles.map(troubleText) };
};

describe('notifiers of config.yaml', () => {
  it('without any, everything goes to the desktop', () => {
    const { definitions, routing, troubles } = read('projects: {}');
    expect([[...definitions.keys()], routing, troubles]).toEqual([['desktop'], everythingTo(['desktop']), []]);
  });

  it('are routed by priority, and the rest goes the usual way', () => {
    const { definitions, routing, troubles } = read(
      'notifiers:',
      '  team: { plugin: slack, url: "${SLACK}" }',
      '  log: { plugin: command, command: [tell, -q], timeoutSeconds: 5 }',
      'notificationRouting:',
      '  urgent: [desktop, team]',
      '  info: []',
      'defaults: { notifiers: [log], agent: codex }',
    );
    expect([[...definitions.keys()], troubles]).toEqual([['desktop', 'team', 'log'], []]);
    expect(routing).toEqual(completeRouting({ urgent: ['desktop', 'team'], info: [] }, ['log']));
  });

  it('one that is wrong says its line and field, never its value, and hides no other', () => {
    const secret = 'https://hooks.example/s3cr3t';
    const { definitions, broken, troubles } = read(
      'notifiers:',
      '  good: { plugin: discord, url: "https://x.example/" }',
      `  odd: { plugin: slack, url: "${secret}", colour: red }`,
      `  numb: { plugin: webhook, url: 7, headers: { "a b": "${secret}" } }`,
      '  none: { plugin: pigeon }',
      '  no name: { plugin: desktop }',
      '  sh: { plugin: command, command: "rm -rf ." }',
    );
    expect([[...definitions.keys()], broken.map(({ name }) => name)]).toEqual([
      ['desktop', 'good'],
      ['odd', 'numb', 'none', 'no name', 'sh'],
    ]);
    expect(troubles.map((line) => /^config\.yaml, line (\d): notifiers\."?([^".:]+)/.exec(line)?.slice(1))).toEqual([
      ['3', 'odd'],
      ['4', 'numb'],
      ['4', 'numb'],
      ['5', 'none'],
      ['6', 'no name'],
      ['7', 'sh'],
    ]);
    expect([
      troubles[1]?.includes('url: '),
      troubles[5]?.includes('command: '),
      troubles.join().includes(secret),
    ]).toEqual([true, true, false]);
  });

  it('a route that is wrong is told, and the usual one stands', () => {
    const { routing, troubles } = read('notificationRouting: { urgent: desktop }', 'defaults: { notifiers: [nobody] }');
    expect(routing).toEqual(everythingTo(['nobody']));
    expect(troubles).toEqual([
      expect.stringMatching(/^config\.yaml, line 1: notificationRouting\.urgent: /),
      'config.yaml, line 1: notificationRouting: there is no notifier "nobody"',
    ]);
  });
});
