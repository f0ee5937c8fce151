import { z } from 'zod';

/** The shape of `bailiwick-evidence/1`. Strict: a member that the format does not know is refused. */

const hexSchema = z.string().regex(/^[0-9a-f]{64}$/);
const jsonObjectSchema = z.record(z.string(), z.json());

const itemSchema = z.strictObject({
  id: z.string(),
  evidence: z.json(),
  evidenceHash: hexSchema,
  state: z.string(),
  reviewer: z.string().nullable(),
  version: z.number(),
  decision: z
    .strictObject({
      by: z.string(),
      byName: z.string(),
      at: z.string(),
      reason: z.string().nullable(),
      expiresAt: z.string().nullable(),
    })
    .nullable(),
});

const auditSchema = z.strictObject({
  row: z.looseObject({ seq: z.string().regex(/^[1-9]\d{0,18}$/) }),
  previous: hexSchema,
  hash: hexSchema,
});

export const bundleSchema = z.strictObject({
  format: z.string(),
  payload: z.strictObject({
    campaign: z.looseObject({ id: z.string(), name: z.string() }),
    asOf: z.string(),
    items: z.array(itemSchema),
    outcome: z.array(z.strictObject({ state: z.string(), count: z.number() })),
    revocations: z.array(jsonObjectSchema),
    audit: z.array(auditSchema),
    limits: z.array(z.string()),
  }),
  signature: z.strictObject({
    algorithm: z.literal('Ed25519'),
    keyId: z.string(),
    payloadSha256: hexSchema,
    publicKey: z.string(),
    value: z.string(),
  }),
});
export type Bundle = z.output<typeof bundleSchema>;
