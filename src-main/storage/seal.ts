// A seal says that a text was checked when it was written, and is still that text: it need not be checked again at each reading.
import { crc32 } from 'node:zlib';
import { recordMark } from './record-mark.ts';

/** @param record JSON of a session's record that this version has just checked */
export const sealOf = (record: string): string => `${recordMark()}:${record.length}:${crc32(record)}`;

/** No protection from whoever wants to deceive: they could write whatever this version takes for right. It notices accidents and edits. */
export const isSealed = (record: string, seal: string | null): boolean =>
  seal?.startsWith(recordMark()) === true && seal === sealOf(record);
