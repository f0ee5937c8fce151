import { z } from 'zod';
import { personName } from '#lib/core/text-fields.ts';

export const teamParams = z.object({ teamId: z.string().max(64) });
export const memberParams = z.object({ teamId: z.string().max(64), userId: z.string().max(64) });

const teamView = z.object({
  id: z.string(),
  name: z.string(),
  /** Key of the team node in the trust graph whose things the members answer for. */
  nodeKey: z.string().nullable(),
  /** Whether that node exists, and how many things it is the accepted owner of. */
  node: z.object({ id: z.number(), name: z.string(), owned: z.number() }).nullable(),
  members: z.array(
    z.object({
      userId: z.string(),
      name: z.string(),
      email: z.string(),
      lead: z.boolean(),
      claimed: z.boolean(),
    }),
  ),
});
export type TeamView = z.infer<typeof teamView>;
export const teamList = z.object({ rows: z.array(teamView), total: z.number() });

export const teamInput = z.strictObject({
  name: personName,
  nodeKey: z.string().trim().min(1).max(1024).nullable().default(null),
});
export const memberInput = z.strictObject({ lead: z.boolean() });
export const importedTeams = z.object({ teams: z.number(), members: z.number() });
