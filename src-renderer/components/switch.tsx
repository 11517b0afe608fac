/** On or off at once; 32 × 18 px. Labelled by the element with the id. */
export function Switch({
  on,
  labelledBy,
  disabled = false,
  onChange,
}: {
  readonly on: boolean;
  readonly labelledBy: string;
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  const ground = disabled
    ? 'border-line bg-raised'
    : on
      ? 'border-accent-fill bg-accent-fill'
      : 'border-control bg-raised';
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-labelledby={labelledBy}
      disabled={disabled}
      onClick={() => onChange(!on)}
      className="flex size-8 shrink-0 items-center justify-center rounded-control"
    >
      <span
        className={`flex h-[18px] w-8 items-center rounded-full border px-[2px] transition-colors duration-80 ${ground}`}
      >
        <span
          className={`size-3 rounded-full transition-transform duration-80 ${on ? 'translate-x-3.5 bg-white' : 'bg-faint'}`}
        />
      </span>
    </button>
  );
}
