import { join } from 'node:path';

/** Where Cline 3.0.65 keeps sign-in, settings and conversations. */
export const dataDirectory = (login: Readonly<Record<string, string>>): string =>
  login['CLINE_DATA_DIR'] || join(login['CLINE_DIR'] || join(login['HOME'] ?? '', '.cline'), 'data');
