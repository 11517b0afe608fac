// Files that hold one icon in several sizes: .ico of Windows and .icns of macOS, both of PNGs as they are.

/** PNGs by their side in pixels. */
export type Pngs = ReadonlyMap<number, Uint8Array>;

/** Sizes of an .ico; Windows takes the next larger one and scales. */
export const icoSizes = [16, 24, 32, 48, 64, 128, 256] as const;

/** Header of 6 bytes, an entry of 16 bytes a picture, then the pictures. 256 is written as 0. */
export function icoOf(pngs: Pngs): Uint8Array {
  const header = new DataView(new ArrayBuffer(6 + 16 * icoSizes.length));
  header.setUint16(2, 1, true);
  header.setUint16(4, icoSizes.length, true);
  let offset = header.byteLength;
  for (const [n, size] of icoSizes.entries()) {
    const at = 6 + 16 * n;
    const { length } = pngOf(pngs, size);
    header.setUint8(at, size % 256);
    header.setUint8(at + 1, size % 256);
    header.setUint16(at + 4, 1, true);
    header.setUint16(at + 6, 32, true);
    header.setUint32(at + 8, length, true);
    header.setUint32(at + 12, offset, true);
    offset += length;
  }
  return Buffer.concat([new Uint8Array(header.buffer), ...icoSizes.map((size) => pngOf(pngs, size))]);
}

/** Types that take a PNG, with its side in pixels: 16 to 512 points, plain and for fine displays. */
export const icnsTypes: readonly (readonly [string, number])[] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
  ['ic10', 1024],
];

/** `icns` and the whole length, then type, length (with these 8 bytes) and PNG of each picture; big-endian. */
export function icnsOf(pngs: Pngs): Uint8Array {
  const parts = icnsTypes.map(([type, size]) => block(type, pngOf(pngs, size)));
  return block('icns', Buffer.concat(parts));
}

function block(type: string, content: Uint8Array): Uint8Array {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(content.length + 8, 4);
  return Buffer.concat([head, content]);
}

function pngOf(pngs: Pngs, size: number): Uint8Array {
  const png = pngs.get(size);
  if (png === undefined) throw new Error(`There is no picture of ${size} pixels`);
  return png;
}
