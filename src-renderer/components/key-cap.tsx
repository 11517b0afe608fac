/** Keys of a chord, one cap each. `onFill`: it stands on a primary button, where it is darker than its ground. */
export function KeyCaps({ keys, onFill = false }: { readonly keys: readonly string[]; readonly onFill?: boolean }) {
  return (
    <span className="inline-flex gap-1" aria-hidden="true">
      {keys.map((key) => (
        <kbd
          key={key}
          className={`inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-[3px] px-1 font-sans text-micro font-medium ${onFill ? 'bg-accent-deep text-white' : 'border border-line bg-raised text-soft'}`}
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
