// A picture of a person's own for an agent: a small PNG or SVG file, looked into before it goes anywhere.
import { join } from 'node:path';
import type { AgentIcon, ShownIcon } from '#shared/domain/own-agent.ts';
import { readStrangeFile } from '../../../lib/files.ts';

/** Bytes: what is drawn at 16 pixels needs no more, and each list of agents carries it. */
const longestIcon = 48 * 1024;
/** Pixels of a side: what is small in a file may be huge once it is unpacked. */
const largestSide = 512;

export interface ReadIcon {
  /** Null: letters are drawn. */
  readonly icon: ShownIcon | null;
  /** Why its file is not shown; null where it is, or there is none. */
  readonly problem: string | null;
}

/** @param home for `~/` */
export function readIcon(icon: AgentIcon | null, home: string): ReadIcon {
  if (icon === null || !('file' in icon)) return { icon, problem: null };
  const path = icon.file.startsWith('~/') ? join(home, icon.file.slice(2)) : icon.file;
  try {
    const file = readStrangeFile(path, longestIcon);
    if (file.kind !== 'read') return without(path, file.kind === 'absent' ? 'is not there' : file.why);
    const type = isSmallPng(file.bytes) ? 'png' : file.isText && isSvg(file.text) ? 'svg+xml' : null;
    if (type === null) return without(path, `is neither a PNG of at most ${largestSide} pixels nor a plain SVG`);
    return { icon: { image: `data:image/${type};base64,${file.bytes.toString('base64')}` }, problem: null };
  } catch (error) {
    return without(path, String(error));
  }
}

const without = (path: string, why: string): ReadIcon => ({ icon: null, problem: `${path}: ${why}` });

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Its first chunk holds width and height. */
function isSmallPng(bytes: Buffer): boolean {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(pngStart) || bytes.toString('latin1', 12, 16) !== 'IHDR')
    return false;
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)].every((side) => side > 0 && side <= largestSide);
}

/** As an image it runs nothing and loads nothing, whatever stands in it; entities could still grow without end. */
const isSvg = (text: string): boolean =>
  /^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:[^-]|-[^-])*-->\s*)*<svg[\s>]/.test(text) &&
  !/<!(?:DOCTYPE|ENTITY)/i.test(text);
