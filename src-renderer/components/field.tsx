// Inputs: one border colour with 3:1 everywhere, one ring, a label above and one line of help or error below.
import { ChevronDown, CircleX } from 'lucide-react';
import { useId } from 'react';
import type { ComponentProps, ReactNode } from 'react';

export const inputLook =
  'w-full rounded-control border border-control bg-raised px-2 text-body text-ink outline-offset-1 aria-invalid:border-fail disabled:border-line disabled:text-faint';

interface Around {
  readonly label: string;
  readonly help?: ReactNode;
  readonly error?: string | null | undefined;
}

export function Field({
  label,
  help,
  error,
  children,
}: Around & {
  readonly children: (ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}) {
  const id = useId();
  const note = error ?? help;
  const wired = {
    id,
    ...(note === undefined || note === null ? {} : { 'aria-describedby': `${id}-note` }),
    ...(error === undefined || error === null ? {} : { 'aria-invalid': true as const }),
  };
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block text-caption font-medium text-soft">
        {label}
      </label>
      {children(wired)}
      <Note id={`${id}-note`} help={help} error={error} />
    </div>
  );
}

function Note({ id, help, error }: Pick<Around, 'help' | 'error'> & { readonly id: string }) {
  if (error !== undefined && error !== null)
    return (
      <p id={id} className="mt-1 flex items-center gap-1 text-caption text-fail">
        <CircleX size={13} aria-hidden="true" /> {error}
      </p>
    );
  if (help === undefined) return null;
  return (
    <p id={id} className="mt-1 text-caption text-faint">
      {help}
    </p>
  );
}

export function TextField({
  label,
  help,
  error,
  mono = false,
  ...rest
}: Around & { readonly mono?: boolean } & ComponentProps<'input'>) {
  return (
    <Field label={label} help={help} error={error}>
      {(wired) => (
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          {...wired}
          {...rest}
          className={`${inputLook} h-7 ${mono ? 'font-mono text-[12.5px]' : ''}`}
        />
      )}
    </Field>
  );
}

/** One entry a line. */
export function LinesField({ label, help, error, ...rest }: Around & ComponentProps<'textarea'>) {
  const lines = String(rest.value ?? '').split('\n').length;
  return (
    <Field label={label} help={help} error={error}>
      {(wired) => (
        <textarea
          autoComplete="off"
          spellCheck={false}
          rows={Math.min(8, Math.max(2, lines))}
          {...wired}
          {...rest}
          className={`${inputLook} block resize-y py-1.5 font-mono text-[12.5px] leading-[1.5]`}
        />
      )}
    </Field>
  );
}

/** A native select, so that keyboards, screen readers and phones have nothing to learn; the icon stands inside its box. */
export function SelectField({
  label,
  help,
  error,
  icon,
  children,
  ...rest
}: Around & { readonly icon?: ReactNode } & ComponentProps<'select'>) {
  return (
    <Field label={label} help={help} error={error}>
      {(wired) => (
        <Select icon={icon} {...wired} {...rest}>
          {children}
        </Select>
      )}
    </Field>
  );
}

/** The same without a label of its own. */
export function Select({ icon, children, ...rest }: { readonly icon?: ReactNode } & ComponentProps<'select'>) {
  return (
    <div className="relative">
      <span className="pointer-events-none absolute inset-y-0 start-2 flex items-center text-soft">{icon}</span>
      <select
        {...rest}
        className={`picker ${inputLook} h-7 appearance-none truncate pe-7 ${icon === undefined ? '' : 'ps-[30px]'}`}
      >
        {children}
      </select>
      <ChevronDown
        size={14}
        aria-hidden="true"
        className="pointer-events-none absolute end-2 top-1/2 -translate-y-1/2 text-soft"
      />
    </div>
  );
}
