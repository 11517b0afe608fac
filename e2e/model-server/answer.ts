// What a script lets the model answer, and how an answer is laid out before an API puts it into its own words.

export type Answer =
  /** A turn that ends with text; a question is a text that ends with a question mark. */
  | { readonly kind: 'text'; readonly text: string }
  /** A call of one of the agent's own tools, by its name there, after some text if there is any. */
  | { readonly kind: 'tool'; readonly name: string; readonly input: object; readonly text?: string }
  /** The request is refused. */
  | { readonly kind: 'error'; readonly status: number; readonly message: string }
  /** The stream stands still between `text` and `rest` until the spec lets it go on. */
  | { readonly kind: 'slow'; readonly text: string; readonly rest: string; readonly until: Promise<unknown> };

/** A turn of the model: its text in the pieces in which it is streamed, then a tool call or none. */
export interface Said {
  /** Unique in the life of the server. */
  readonly id: string;
  readonly pieces: readonly string[];
  readonly call: { readonly name: string; readonly input: object } | null;
}

export function saidBy(answer: Exclude<Answer, { kind: 'error' }>, id: string): Said {
  switch (answer.kind) {
    case 'text':
      return { id, pieces: [answer.text], call: null };
    case 'slow':
      return { id, pieces: [answer.text, answer.rest], call: null };
    case 'tool':
      return { id, pieces: answer.text === undefined ? [] : [answer.text], call: answer };
  }
}
