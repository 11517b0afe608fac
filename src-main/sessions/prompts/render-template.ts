// Fills a template of `prompts/`: `{{key}}` is a value, `{{NAME_START}}…{{NAME_END}}` a block that is kept or left out. Source: system.md 1.8.

/** Throws for a mistake in the template or in who fills it: a prompt is never half filled. */
export function renderTemplate(
  template: string,
  values: Readonly<Record<string, string>>,
  /** Which blocks are kept. */
  blocks: Readonly<Record<string, boolean>> = {},
): string {
  // Once, from the template alone: what stands in a value is text, whatever it looks like.
  const filled = withBlocks(template, blocks).replaceAll(placeholder, (_whole, key: string) => {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    if (value === undefined) throw new Error(`Nothing was given for {{${key}}}`);
    return value;
  });
  return `${filled.trim()}\n`;
}

const placeholder = /\{\{([^{}]*)\}\}/g;
const mark = /\{\{([A-Z_]+)_(START|END)\}\}/;
/** A mark that is alone on its line takes the line's end with it. */
const marks = new RegExp(`^${mark.source}\\n|${mark.source}`, 'gm');

function withBlocks(template: string, blocks: Readonly<Record<string, boolean>>): string {
  let text = '';
  let from = 0;
  let open: { readonly name: string; readonly kept: boolean } | null = null;
  for (const found of template.matchAll(marks)) {
    const [name = '', end] = found[1] === undefined ? [found[3], found[4]] : [found[1], found[2]];
    if (open === null || open.kept) text += template.slice(from, found.index);
    from = found.index + found[0].length;
    if (end === 'START') {
      if (open !== null) throw new Error(`Block ${name} begins inside of block ${open.name}`);
      if (!Object.hasOwn(blocks, name)) throw new Error(`Nobody said whether block ${name} is kept`);
      open = { name, kept: blocks[name] === true };
    } else {
      if (open?.name !== name) throw new Error(`Block ${name} ends without having begun`);
      open = null;
    }
  }
  if (open !== null) throw new Error(`Block ${open.name} has no end`);
  return text + template.slice(from);
}
