import { ChevronDown } from 'lucide-react';

/** A choice that stands beside what it is about, without a frame. */
export function QuietSelect<T extends string>({
  label,
  words,
  chosen,
  onChoose,
  className = 'h-7',
}: {
  readonly label: string;
  /** What can be chosen, in its order. */
  readonly words: readonly (readonly [T, string])[];
  readonly chosen: T;
  readonly onChoose: (choice: T) => void;
  readonly className?: string;
}) {
  return (
    <span className="relative">
      <select
        aria-label={label}
        value={chosen}
        onChange={({ target }) => onChoose(words.find(([choice]) => choice === target.value)?.[0] ?? chosen)}
        className={`picker ${className} appearance-none rounded-control bg-transparent ps-2 pe-6 text-caption text-ink hover:bg-raised`}
      >
        {words.map(([choice, word]) => (
          <option key={choice} value={choice}>
            {word}
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
}
