// Imported before any schema is made: the content security policy forbids code made from text, and zod would try.
import { config } from 'zod';

config({ jitless: true });
