import { z } from 'zod';

/** Text that a person typed for others to read: trimmed, one line, no control characters. */
const lineText = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'Must not be empty.')
    .max(max)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'Must be one line of text.');

export const emailText = z
  .string()
  .trim()
  .max(320)
  .regex(/^[^\s@]+@[^\s@]+$/, 'This is not an e-mail address.');
export const personName = lineText(120);
/** The length is judged with its reason elsewhere; here only what cannot be a password at all is refused. */
export const passwordText = z.string().min(1).max(1024);
