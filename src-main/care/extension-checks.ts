// Directories beside agents' own extensions that are on record, against what is there. Pure.
import type { Facts } from './facts.ts';
import { doubt, found, kept, type Found } from './found.ts';

export const extensionFaults = ({ extensions: { placed, wanted } }: Facts): readonly Found[] =>
  placed.flatMap(({ agent, directory, state }) => {
    switch (state) {
      case 'missing':
        return found(
          'extension-left',
          directory,
          null,
          `The extension for ${agent} is on record and not there.`,
          forgets,
        );
      case 'foreign':
        return kept('extension-left', directory, null, `What is there is not the extension for ${agent}.`, look);
      case 'unknown':
        return doubt('extension-left', directory, null, `Nobody can look at the extension for ${agent}.`, look);
      case 'good':
      case 'changed': // Made again at the next launch.
        return wanted
          ? []
          : found('extension-left', directory, null, `The extension for ${agent} is not wanted any more.`, takesOut);
    }
  });

const forgets = 'Forgets its row.';
const takesOut = 'Takes it out.';
const look = 'Look into it; `athene hooks status` tells more.';
