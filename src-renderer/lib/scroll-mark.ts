/** What somebody was reading in a long text, to be found again in another view of it. */
export interface ScrollMark {
  /** The first lines that were shown. */
  readonly text: readonly string[];
  /** Lines above the bottom. */
  readonly fromBottom: number;
}
