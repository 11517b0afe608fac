import { QuietSelect } from '../../components/quiet-select.tsx';
import type { TreeFilter } from '../../state/led-tree.ts';

const words = [
  ['all', 'All states'],
  ['waiting', 'Waiting'],
  ['broken', 'Broken'],
  ['working', 'Working'],
  ['done', 'Done'],
] as const satisfies readonly (readonly [TreeFilter, string])[];

export const TreeFilterField = (choice: {
  readonly chosen: TreeFilter;
  readonly onChoose: (filter: TreeFilter) => void;
}) => <QuietSelect<TreeFilter> label="Show in the tree" words={words} {...choice} />;
