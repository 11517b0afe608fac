import type { ComponentProps } from 'react';

type Kind = 'primary' | 'normal' | 'quiet' | 'danger' | 'outline';
type Size = 24 | 28 | 32;

const kinds: Readonly<Record<Kind, string>> = {
  primary: 'bg-accent-fill text-white hover:brightness-110 active:brightness-95',
  danger: 'bg-danger text-white hover:brightness-110 active:brightness-95',
  normal: 'bg-selected text-ink hover:bg-hover',
  quiet: 'text-soft hover:bg-raised hover:text-ink',
  outline: 'border border-control text-ink hover:bg-raised',
};
const sizes: Readonly<Record<Size, string>> = {
  24: 'h-6 px-2 text-caption gap-1.5',
  28: 'h-7 px-2.5 text-body gap-2',
  32: 'h-8 px-3.5 text-body gap-2',
};

export function Button({
  kind = 'normal',
  size = 28,
  className = '',
  disabled,
  ...rest
}: ComponentProps<'button'> & { readonly kind?: Kind; readonly size?: Size }) {
  const look = disabled === true ? 'bg-raised text-faint' : kinds[kind];
  return (
    <button
      type="button"
      disabled={disabled}
      className={`inline-flex shrink-0 items-center justify-center rounded-control font-medium whitespace-nowrap transition-colors duration-80 select-none ${sizes[size]} ${look} ${className}`}
      {...rest}
    />
  );
}

/** A 28 px square with an icon; its label is its accessible name and its tooltip. */
export function IconButton({
  label,
  pressed,
  className = '',
  ...rest
}: Omit<ComponentProps<'button'>, 'aria-label' | 'title'> & { readonly label: string; readonly pressed?: boolean }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      className={`inline-flex size-7 shrink-0 items-center justify-center rounded-control text-soft transition-colors duration-80 hover:bg-raised hover:text-ink disabled:text-control disabled:hover:bg-transparent ${className}`}
      {...rest}
    />
  );
}
