// What definitions need for their hooks: a word of a shell's command line, and a text of what an agent told.

export const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

export function toldText(data: Readonly<Record<string, unknown>>, field: string): string | null {
  const { told } = data;
  if (typeof told !== 'object' || told === null) return null;
  const value = (told as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'string' ? value : null;
}
