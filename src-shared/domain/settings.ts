import { z } from 'zod';

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'dark', 'light']),
  /** CSS pixels. */
  terminalFontSize: z.int().min(8).max(32),
});
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = { theme: 'system', terminalFontSize: 13 };
