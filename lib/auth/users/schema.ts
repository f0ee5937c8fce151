import { z } from 'zod';
import { emailText, passwordText, personName } from '#lib/core/text-fields.ts';

export const roleName = z.enum(['administrator', 'security', 'owner', 'auditor']);
export const userParams = z.object({ userId: z.string().max(64) });

const userView = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: roleName,
  /** `local`, or the issuer of single sign-on */
  issuer: z.string(),
  state: z.enum(['active', 'invited', 'disabled']),
  teams: z.array(z.object({ id: z.string(), name: z.string(), lead: z.boolean() })),
  lastSignInAt: z.string().nullable(),
  createdAt: z.string(),
});
export type UserView = z.infer<typeof userView>;
export const userList = z.object({ rows: z.array(userView), total: z.number() });

export const inviteInput = z.strictObject({
  name: personName,
  email: emailText,
  role: roleName,
  teamIds: z.array(z.string().max(64)).max(50).default([]),
});
export const invitationView = z.object({
  userId: z.string(),
  /** Shown once; the code in it is not kept. */
  link: z.string(),
  expiresAt: z.string(),
});
export type InvitationView = z.infer<typeof invitationView>;

export const changeUserInput = z
  .strictObject({ name: personName, role: roleName, disabled: z.boolean() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'Say what to change.');

export const acceptInvitationInput = z.strictObject({
  code: z.string().min(1).max(128),
  password: passwordText,
});
