import { z } from 'zod';
import { listQuery } from '#lib/core/list-query.ts';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => !Number.isNaN(Date.parse(text)), 'There is no such day.')
  .optional();

export const auditQuery = listQuery({
  sorts: ['seq'],
  isDescendingAtFirst: true,
  filters: {
    /** Actions as a whole (`review.attest`) or their first words (`review`), separated by commas. */
    action: z
      .string()
      .max(500)
      .default('')
      .transform((text) => text.split(',').filter((part) => part !== '')),
    /** Id of who did it, `usr_…`, `tok_…`, `cli`. */
    actor: z.string().max(100).optional(),
    /** Id of what it was done to; follows one thing's history. */
    subject: z.string().max(1100).optional(),
    from: day,
    to: day,
  },
});
export type AuditQuery = z.output<typeof auditQuery>;

const auditRowView = z.object({
  seq: z.string(),
  at: z.string(),
  actor: z.string(),
  actorName: z.string(),
  onBehalfOf: z.string().nullable(),
  action: z.string(),
  subject: z.string(),
  before: z.json(),
  after: z.json(),
  reason: z.string().nullable(),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  hash: z.string(),
});
export type AuditRowView = z.infer<typeof auditRowView>;
export const auditList = z.object({ rows: z.array(auditRowView), total: z.number() });

export const chainReport = z.object({
  ok: z.boolean(),
  rows: z.number(),
  head: z.string(),
  /** The first row that does not fit, and why; null: all fit. */
  firstBad: z.object({ seq: z.string(), reason: z.string() }).nullable(),
  checkpoints: z.object({
    checked: z.number(),
    latest: z.object({ size: z.string(), at: z.string(), note: z.string() }).nullable(),
    /** What is wrong with checkpoints, in words. */
    problems: z.array(z.string()),
  }),
  publicKey: z.string(),
});
export type ChainReport = z.infer<typeof chainReport>;

export const actionList = z.object({ actions: z.array(z.string()) });
export const signedNote = z.object({ note: z.string().nullable() });

export const proofParams = z.object({
  seq: z
    .string()
    .regex(/^[1-9][0-9]{0,17}$/)
    .transform((text) => BigInt(text)),
});
export const rowProof = z.object({
  seq: z.string(),
  hash: z.string(),
  size: z.string(),
  /** Hashes from the leaf's sibling to the root, in hexadecimal. */
  proof: z.array(z.string()),
  note: z.string(),
});
export type RowProof = z.infer<typeof rowProof>;
