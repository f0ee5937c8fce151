import { z } from 'zod';

/** Shapes of the evidence API; safe for the browser. */

export const exportQuerySchema = z.strictObject({
  /** Of an ended campaign: tell also what became of its revocations until then. */
  asOf: z.iso.datetime().optional(),
});

export const evidenceKeySchema = z.object({
  keyId: z.string(),
  /** Base64 of the 32 raw bytes. */
  publicKey: z.string(),
});
export type EvidenceKey = z.infer<typeof evidenceKeySchema>;

export const verificationSchema = z.object({
  whole: z.boolean(),
  problems: z.array(z.object({ what: z.string(), detail: z.string() })),
  found: z
    .object({
      campaign: z.string(),
      name: z.string(),
      asOf: z.string(),
      items: z.number(),
      revocations: z.number(),
      auditRows: z.number(),
    })
    .nullable(),
  signedBy: z
    .object({ keyId: z.string(), publicKey: z.string(), trusted: z.boolean().nullable() })
    .nullable(),
});
export type VerificationView = z.infer<typeof verificationSchema>;
