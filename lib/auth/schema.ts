import { z } from 'zod';
import { emailText, passwordText, personName } from '#lib/core/text-fields.ts';

export const setupInput = z.strictObject({
  code: z.string().min(1).max(64),
  name: personName,
  email: emailText,
  password: passwordText,
});
