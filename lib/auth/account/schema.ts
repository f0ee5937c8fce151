import { z } from 'zod';
import { passwordText } from '#lib/core/text-fields.ts';

export const sessionParams = z.object({ sessionId: z.string().max(64) });
const sessionView = z.object({
  id: z.string(),
  isThisOne: z.boolean(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export type SessionView = z.infer<typeof sessionView>;
export const accountView = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  /** Null: the person signs in through the organisation. */
  hasPassword: z.boolean(),
  teams: z.array(z.object({ id: z.string(), name: z.string(), lead: z.boolean() })),
  sessions: z.array(sessionView),
});
export type AccountView = z.infer<typeof accountView>;

export const changePasswordInput = z.strictObject({ current: passwordText, password: passwordText });
export const confirmInput = z.strictObject({ password: passwordText });
export const endedSessions = z.object({ ended: z.number() });
