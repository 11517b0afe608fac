// A number of agents, or none: what is no limit at all stays in the field, says so, and is not saved.
import { useId, useState } from 'react';
import { maximalAgentsSchema } from '#shared/domain/settings.ts';
import { inputLook } from '../../components/field.tsx';

export function LimitField({
  value,
  labelledBy,
  onChange,
}: {
  readonly value: number | null;
  readonly labelledBy: string;
  readonly onChange: (limit: number | null) => void;
}) {
  const [wrong, setWrong] = useState(false);
  const note = useId();
  return (
    <span className="flex shrink-0 items-center gap-2">
      {wrong ? (
        <span id={note} role="alert" className="text-caption whitespace-nowrap text-fail">
          From 1 to 1000, or empty
        </span>
      ) : null}
      <input
        key={value}
        type="number"
        min={1}
        max={1000}
        aria-labelledby={labelledBy}
        {...(wrong ? { 'aria-invalid': true, 'aria-describedby': note } : {})}
        defaultValue={value ?? ''}
        placeholder="no limit"
        className={`${inputLook} h-7 max-w-24 text-end`}
        onBlur={({ currentTarget }) => {
          const limit = limitIn(currentTarget);
          setWrong(limit === undefined);
          if (limit !== undefined && limit !== value) onChange(limit);
        }}
      />
    </span>
  );
}

/** Null: no limit. Undefined: what was typed is none; of what is no number the browser says nothing but that. */
function limitIn({ value, validity }: HTMLInputElement): number | null | undefined {
  if (validity.badInput) return undefined;
  return value.trim() === '' ? null : maximalAgentsSchema.safeParse(Number(value)).data;
}
