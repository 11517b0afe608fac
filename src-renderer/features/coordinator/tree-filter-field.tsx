import { ChevronDown } from 'lucide-react';
import { treeFilters, type TreeFilter } from '../../state/led-tree.ts';

const words: Readonly<Record<TreeFilter, string>> = {
  all: 'All states',
  waiting: 'Waiting',
  broken: 'Broken',
  working: 'Working',
  done: 'Done',
};

export const TreeFilterField = ({
  chosen,
  onChoose,
}: {
  readonly chosen: TreeFilter;
  readonly onChoose: (filter: TreeFilter) => void;
}) => (
  <span className="relative">
    <select
      aria-label="Show in the tree"
      value={chosen}
      onChange={({ target }) => onChoose(treeFilters.find((filter) => filter === target.value) ?? 'all')}
      className="picker h-7 appearance-none rounded-control bg-transparent ps-2 pe-6 text-caption text-ink hover:bg-raised"
    >
      {treeFilters.map((filter) => (
        <option key={filter} value={filter}>
          {words[filter]}
        </option>
      ))}
    </select>
    <ChevronDown
      size={13}
      aria-hidden="true"
      className="pointer-events-none absolute end-1.5 top-1/2 -translate-y-1/2 text-soft"
    />
  </span>
);
