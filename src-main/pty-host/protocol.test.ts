import { expect, it } from 'vitest';
import { readStatus } from './protocol.ts';

it('reads the status of a host of minor 0: what it does not tell is null', () => {
  const sent = {
    ...{ terminal: 't', session: 'web-1', pid: 1, size: { cols: 80, rows: 24 }, offset: 3, exit: null },
    ...{ lastOutputAt: 5, bellAt: 6, title: 'working' },
  };
  const lacking = { outputSince: null, busyAt: null, noticeAt: null, notice: null, inputAt: null };
  expect(readStatus(sent)).toEqual({ ...sent, ...lacking });
});

it('keeps what a newer host tells', () => {
  const told = { outputSince: 1, busyAt: 2, noticeAt: 3, notice: 'needs you', inputAt: 4 };
  const size = { cols: 80, rows: 24 };
  const sent = { terminal: 't', session: 'web-1', pid: 1, size, offset: 3, exit: null, lastOutputAt: 5, bellAt: 6 };
  expect(readStatus({ ...sent, title: null, ...told })).toMatchObject(told);
});
