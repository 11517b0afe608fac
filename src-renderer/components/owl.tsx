/** The one drawing that we have; only where nothing else is on the screen. */
export function Owl({ size = 48 }: { readonly size?: number }) {
  return (
    <svg
      viewBox="0 0 48 56"
      width={size}
      height={(size * 56) / 48}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="shrink-0 text-soft"
    >
      <path d="M5 3c3 4 8 5 12 5h14c4 0 9-1 12-5-1 7 1 12 1 20v10c0 10-8 17-20 17S4 43 4 33V23c0-8 2-13 1-20z" />
      <circle cx="15.500" cy="20" r="6.500" />
      <circle cx="32.500" cy="20" r="6.500" />
      <circle cx="15.500" cy="20" r="1.800" fill="currentColor" />
      <circle cx="32.500" cy="20" r="1.800" fill="currentColor" />
      <path d="M22.500 26h3L24 29.500z" />
      <path d="M17 36c1.500 1.800 3 1.800 4.500 0 1.500 1.800 3.500 1.800 5 0 1.500 1.800 3 1.800 4.500 0M20 41.500c1.300 1.500 2.700 1.500 4 0 1.300 1.500 2.700 1.500 4 0" />
      <path d="M18 50v4M22 50v4M26 50v4M30 50v4M12 54.500h24" />
    </svg>
  );
}
