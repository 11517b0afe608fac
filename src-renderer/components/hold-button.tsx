// Confirms by being held for a second: with the pointer, or with Enter or the space bar.
import { useEffect, useRef, useState, type ComponentProps, type ReactNode } from 'react';
import { Button } from './button.tsx';

/** Milliseconds. */
const holdTime = 1000;

export function HoldButton({
  onHeld,
  disabled = false,
  kind = 'danger',
  size = 32,
  children,
}: Pick<ComponentProps<typeof Button>, 'kind' | 'size'> & {
  readonly onHeld: () => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}) {
  const [held, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const begin = (): void => {
    if (held || disabled) return;
    setHeld(true);
    timer.current = setTimeout(() => {
      setHeld(false);
      onHeld();
    }, holdTime);
  };
  const end = (): void => {
    clearTimeout(timer.current);
    setHeld(false);
  };
  const isPress = (key: string): boolean => key === 'Enter' || key === ' ';
  return (
    <Button
      kind={kind}
      size={size}
      disabled={disabled}
      className="relative overflow-hidden"
      onPointerDown={begin}
      onPointerUp={end}
      onPointerLeave={end}
      onKeyDown={({ key }) => isPress(key) && begin()}
      onKeyUp={({ key }) => isPress(key) && end()}
      onBlur={end}
    >
      <span
        aria-hidden="true"
        className="absolute inset-y-0 start-0 bg-black/25 transition-[width] ease-linear"
        style={{ width: held ? '100%' : '0%', transitionDuration: held ? `${holdTime}ms` : '0ms' }}
      />
      <span className="relative">{children}</span>
    </Button>
  );
}
