// A whole number from 1 on: what is none stays in the field, says so, and is not saved.
import { useId, useState } from 'react';
import { inputLook } from '../../components/field.tsx';

export function CountField({
  value,
  most,
  labelledBy,
  onChange,
}: {
  readonly value: number;
  readonly most: number;
  readonly labelledBy: string;
  readonly onChange: (count: number) => void;
}) {
  const [wrong, setWrong] = useState(false);
  const note = useId();
  return (
    <span className="flex shrink-0 items-center gap-2">
      {wrong ? (
        <span id={note} role="alert" className="text-caption whitespace-nowrap text-fail">
          From 1 to {most}
        </span>
      ) : null}
      <input
        key={value}
        type="number"
        min={1}
        max={most}
        aria-labelledby={labelledBy}
        {...(wrong ? { 'aria-invalid': true, 'aria-describedby': note } : {})}
        defaultValue={value}
        className={`${inputLook} tabular h-7 w-20! text-end`}
        onKeyDown={({ key, currentTarget }) => (key === 'Enter' ? currentTarget.blur() : undefined)}
        onBlur={({ currentTarget }) => {
          const count = Number(currentTarget.value);
          const isCount = Number.isInteger(count) && count >= 1 && count <= most;
          setWrong(!isCount);
          if (isCount && count !== value) onChange(count);
        }}
      />
    </span>
  );
}
