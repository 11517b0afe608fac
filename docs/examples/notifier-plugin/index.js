// A notifier: writes each notice as a line into a file.
import { appendFile } from 'node:fs/promises';

/** @type {import('athene/plugin').PluginManifest} */
export const manifest = {
  name: 'logbook',
  slot: 'notifier',
  description: 'Writes notices into a file',
  version: '1.0.0',
  port: 1,
};

/** @type {import('athene/plugin').CreateNotifier} */
export const create = ({ file }) => {
  if (typeof file !== 'string') throw new Error('its configuration names no file');
  return {
    async tell({ priority, title, body }, signal) {
      if (signal.aborted) return { kind: 'failed', why: 'it was given up', again: true, after: null };
      await appendFile(file, `${priority}: ${title} - ${body}\n`, { mode: 0o600 });
      return { kind: 'told' };
    },
  };
};
