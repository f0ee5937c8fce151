import { z } from 'zod';

const change = z.object({ added: z.number(), changed: z.number(), ended: z.number() });

/** What a finished run tells: the same for the command line, the API and the screens. Client-safe. */
export const runResultSchema = z.object({
  run: z.string(),
  source: z.string(),
  format: z.string(),
  state: z.string(),
  dryRun: z.boolean(),
  message: z.string().nullable(),
  records: z.number(),
  accepted: z.number(),
  duplicate: z.number(),
  rejected: z.number(),
  nodes: change,
  edges: change,
  derived: z.object({ added: z.number(), ended: z.number() }),
  events: z.number(),
  claims: z.number(),
  unknown: z.array(z.object({ what: z.string(), count: z.number() })),
  scopes: z.array(z.object({ scope: z.string(), complete: z.boolean() })),
  /** The first few; all of them under the run's rejections. */
  rejections: z.array(
    z.object({ file: z.string(), number: z.number(), reason: z.string(), excerpt: z.string() }),
  ),
  problems: z.array(z.object({ file: z.string(), problem: z.string() })),
});
export type RunResult = z.infer<typeof runResultSchema>;

export const NO_CHANGES = {
  nodes: { added: 0, changed: 0, ended: 0 },
  edges: { added: 0, changed: 0, ended: 0 },
  derived: { added: 0, ended: 0 },
};
