// Reads the PNGs that the browser writes: 8 bits a channel, RGB or RGBA, not interlaced.

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, opacity; row by row. */
  readonly pixels: readonly (readonly [number, number, number, number])[];
}

const signature = '89504e470d0a1a0a';

/** Throws on anything else. */
export async function readPng(file: Uint8Array): Promise<Picture> {
  const bytes = Buffer.from(file);
  if (bytes.toString('hex', 0, 8) !== signature) throw new Error('That is no PNG');
  const [width, height, depth, colour, interlaced] = [
    bytes.readUInt32BE(16),
    bytes.readUInt32BE(20),
    bytes.readUInt8(24),
    bytes.readUInt8(25),
    bytes.readUInt8(28),
  ];
  if (depth !== 8 || (colour !== 2 && colour !== 6) || interlaced !== 0) throw new Error('Another kind of PNG');
  const channels = colour === 6 ? 4 : 3;
  const rows = unfilter(await inflate(dataOf(bytes)), { height, stride: width * channels, channels });
  const at = (n: number): number => rows[n] ?? 0;
  const pixels = Array.from({ length: width * height }, (_, n): [number, number, number, number] => {
    const start = n * channels;
    return [at(start), at(start + 1), at(start + 2), channels === 4 ? at(start + 3) : 255];
  });
  return { width, height, pixels };
}

function dataOf(bytes: Buffer): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  return new Uint8Array(Buffer.concat(parts));
}

async function inflate(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const inflated = new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
}

interface Layout {
  readonly height: number;
  /** Bytes of a row. */
  readonly stride: number;
  readonly channels: number;
}

/** Each row stands as differences to its neighbours, the kind of which its first byte tells. */
function unfilter(data: Uint8Array, { height, stride, channels }: Layout): Uint8Array {
  const out = new Uint8Array(height * stride);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < channels ? 0 : (out[at - channels] ?? 0);
      const up = y === 0 ? 0 : (out[at - stride] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (out[at - stride - channels] ?? 0);
      out[at] = (data[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return out;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return Math.floor((left + up) / 2);
    default: {
      const [a, b, c] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs) as [number, number, number];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
  }
}
