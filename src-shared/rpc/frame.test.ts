import { expect, test } from 'vitest';
import { decodeFrame, encodeFrame, FrameSplitter, frameHeaderSize, maximalFrameSize, type Frame } from './frame.ts';

const frames: readonly Frame[] = [
  { type: 0, channel: 0, offset: 0, payload: new Uint8Array(0) },
  { type: 255, channel: 0xffff_ffff, offset: Number.MAX_SAFE_INTEGER, payload: Uint8Array.of(1, 2, 3) },
  { type: 1, channel: 7, offset: 2 ** 40, payload: new Uint8Array(maximalFrameSize - frameHeaderSize).fill(9) },
];

test.each(frames)('a frame of type $type comes back as it was', (frame) => {
  expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
});

test('a frame is its length, type, channel and offset, big endian, then the payload', () => {
  const bytes = encodeFrame({ type: 2, channel: 3, offset: 2 ** 32 + 4, payload: Uint8Array.of(5) });
  expect([...bytes]).toEqual([0, 0, 0, 14, 2, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 4, 5]);
});

test('what is not exactly one frame is refused', () => {
  const bytes = encodeFrame({ type: 1, channel: 1, offset: 1, payload: Uint8Array.of(1) });
  const unsafe = bytes.slice().fill(0xff, 9, 17);
  for (const wrong of [bytes.subarray(0, 16), bytes.subarray(0, -1), Uint8Array.of(...bytes, 0), unsafe]) {
    expect(() => decodeFrame(wrong)).toThrow(RangeError);
  }
  expect(() => encodeFrame({ type: 1, channel: 1, offset: 0, payload: new Uint8Array(maximalFrameSize) })).toThrow(
    RangeError,
  );
});

test.each([1, 3, 4, 5, 16, 17, 18, 1000])('a stream cut every %i bytes gives the same frames', (size) => {
  const sent = Array.from({ length: 20 }, (_, at) => ({
    type: at + 1,
    channel: at,
    offset: at * 1000,
    payload: new Uint8Array(at * 3).fill(at),
  }));
  const stream = Uint8Array.from(sent.flatMap((frame) => [...encodeFrame(frame)]));
  const splitter = new FrameSplitter();
  const received: Frame[] = [];
  for (let at = 0; at < stream.length; at += size) received.push(...splitter.push(stream.slice(at, at + size)));
  expect(received).toEqual(sent);
});

test.each([0, frameHeaderSize - 5, maximalFrameSize - 3, 0xffff_ffff])(
  'a stream that claims %i bytes is refused',
  (length) => {
    const claim = new Uint8Array(20);
    new DataView(claim.buffer).setUint32(0, length);
    expect(() => new FrameSplitter().push(claim)).toThrow(RangeError);
  },
);
