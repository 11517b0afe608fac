// What definitions need for their hooks: the command line, and a text of what an agent told.

/** One command line for the shell in which agents run hooks; nothing happens when the wrappers were removed meanwhile. */
export function hookLine(command: string, agent: string, event: string): string {
  const word = `'${command.replaceAll("'", "'\\''")}'`;
  return `test ! -x ${word} || ${word} ${agent} ${event}`;
}

export function toldText(data: Readonly<Record<string, unknown>>, field: string): string | null {
  const { told } = data;
  if (typeof told !== 'object' || told === null) return null;
  const value = (told as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'string' ? value : null;
}
