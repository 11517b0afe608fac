/** One of a few, all in sight. Labelled by the element with the id. */
export function Segments<Value extends string>({
  options,
  chosen,
  labelledBy,
  disabled = false,
  onChoose,
}: {
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly chosen: Value;
  readonly labelledBy: string;
  readonly disabled?: boolean;
  readonly onChoose: (value: Value) => void;
}) {
  const look = (value: Value): string => {
    if (disabled) return 'text-faint';
    return value === chosen ? 'bg-selected text-ink' : 'text-soft hover:text-ink';
  };
  return (
    <div role="radiogroup" aria-labelledby={labelledBy} className="flex shrink-0 rounded-control bg-raised p-0.5">
      {options.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          role="radio"
          aria-checked={value === chosen}
          disabled={disabled}
          onClick={() => onChoose(value)}
          className={`h-6 rounded-[3px] px-2.5 text-caption font-medium ${look(value)}`}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
