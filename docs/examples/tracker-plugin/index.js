// A tracker: issues are files of a directory, `12.json` with `{"title", "text", "done"}`.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** @type {import('athene/plugin').PluginManifest} */
export const manifest = {
  name: 'files',
  slot: 'tracker',
  description: 'Issues as JSON files of a directory',
  version: '1.0.0',
  port: 1,
};

/** @type {import('athene/plugin').CreateTracker} */
export const create = ({ directory }) => {
  if (typeof directory !== 'string') throw new Error('its configuration names no directory');
  const pathOf = (id) => join(directory, `${id.replace(/\D/g, '')}.json`);
  const read = async (id, signal) => {
    try {
      return { ok: true, value: JSON.parse(await readFile(pathOf(id), { encoding: 'utf8', signal })) };
    } catch (error) {
      const kind = error?.code === 'ENOENT' ? 'not-found' : 'unreachable';
      return { ok: false, problem: { kind, what: `There is no issue ${id}.`, todo: 'Look into the directory.' } };
    }
  };
  return {
    name: 'Files',
    async getIssue(id, signal) {
      const issue = await read(id, signal);
      if (!issue.ok) return issue;
      const { title, text = '', done = false } = issue.value;
      const facts = { title, labels: [], description: text, completed: done };
      return { ok: true, value: { facts, url: `https://issues.example/${id.replace(/\D/g, '')}`, branch: null } };
    },
    async isCompleted(id) {
      const issue = await read(id);
      return issue.ok ? { ok: true, value: issue.value.done === true } : issue;
    },
    branchName: (id) => `issue/${id.replace(/\D/g, '')}`,
    issueUrl: (id) => `https://issues.example/${id.replace(/\D/g, '')}`,
  };
};
