// Steps that make a table anew keep what is in it.
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { migrate, migrations } from './migrations.ts';

it('marks of before the mute are kept, and a session can be muted', () => {
  const connection = new DatabaseSync(':memory:');
  const before = migrations.findIndex((sql) => sql.includes('marks_with_mute'));
  migrate(connection, migrations.slice(0, before));
  connection.exec(`INSERT INTO marks VALUES ('api-1', 'pin', 'true', 7), ('api-2', 'snooze', '"change"', 8)`);
  migrate(connection, migrations);
  connection.exec(`INSERT INTO marks VALUES ('api-1', 'mute', '{"until":null}', 9)`);
  expect(connection.prepare('SELECT session, mark, value, updated FROM marks ORDER BY updated').all()).toEqual([
    expect.objectContaining({ session: 'api-1', mark: 'pin', value: 'true', updated: 7 }),
    expect.objectContaining({ session: 'api-2', mark: 'snooze', value: '"change"', updated: 8 }),
    expect.objectContaining({ session: 'api-1', mark: 'mute' }),
  ]);
  expect(() => connection.exec(`INSERT INTO marks VALUES ('api-1', 'odd', '', 9)`)).toThrow(/CHECK/);
  connection.close();
});
