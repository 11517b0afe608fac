// Imported before anything that makes a schema: zod else tries whether it may compile code, which our policy reports as a violation.
import { config } from 'zod';

config({ jitless: true });
