/** How much of a whole; what stands beside it says it in words. */
export const ProgressBar = ({
  done,
  of,
  width = 72,
  full = false,
}: {
  readonly done: number;
  readonly of: number;
  /** CSS pixels. */
  readonly width?: number;
  /** Nothing more fits: it is drawn as something to look at. */
  readonly full?: boolean;
}) => (
  <span
    aria-hidden="true"
    style={{ width }}
    className="inline-block h-1 shrink-0 overflow-hidden rounded-full bg-selected"
  >
    <span
      style={{ width: `${of === 0 ? 0 : Math.min(100, (done / of) * 100)}%` }}
      className={`block h-full rounded-full ${full ? 'bg-ask' : 'bg-soft'}`}
    />
  </span>
);
