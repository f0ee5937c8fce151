import { z } from 'zod';
import { edgeView, keyText, level, nodeKind, nodeView, edgeKind, scopeFields } from './schema.ts';
import { page } from './cut-schema.ts';

const { hops: _, ...rankScope } = scopeFields;

/** Identities by blast radius: the sum of the sensitivity weights of what each reaches, or how many nodes. */
export const rankQuery = z.strictObject({
  ...rankScope,
  ...page,
  measure: z.enum(['weight', 'count']).default('weight'),
});
export type RankQuery = z.output<typeof rankQuery>;

export const rankView = z.object({
  version: z.number(),
  measure: z.enum(['weight', 'count']),
  /** How many identities are ranked. */
  identities: z.number(),
  /** Relative standard error of a score; 0 when every score is exact. */
  standardError: z.number(),
  rows: z.array(z.object({ rank: z.number(), node: nodeView, score: z.number() })),
});
export type RankView = z.output<typeof rankView>;

export const exposureQuery = z.strictObject({ ...scopeFields, ...page });
export type ExposureQuery = z.output<typeof exposureQuery>;

export const exposureView = z.object({
  version: z.number(),
  crownJewels: z.number(),
  /** Fewer than `crownJewels` where the time did not last; the rows are then of those that were measured. */
  measured: z.number(),
  rows: z.array(
    z.object({
      node: nodeView,
      /** Nodes that reach it; those of them that can act; those that can act and are not people. */
      ...{ reachedBy: z.number(), identities: z.number(), nonHuman: z.number() },
      /** Hops from the nearest that reaches it. */
      nearest: z.number().nullable(),
    }),
  ),
});
export type ExposureView = z.output<typeof exposureView>;

export const compareQuery = z.strictObject({
  ...scopeFields,
  ...page,
  before: z.iso.datetime(),
  /** Now when absent. */
  after: z.iso.datetime().optional(),
  /** Whose reach to compare as well. */
  key: keyText.optional(),
});
export type CompareQuery = z.output<typeof compareQuery>;

const presence = z.enum(['added', 'gone']);
const counts = { added: z.number(), gone: z.number() };

/** At most `limit` rows of each list, from `offset` on; the counts are of all. */
export const compareView = z.object({
  version: z.number(),
  before: z.iso.datetime(),
  after: z.iso.datetime(),
  nodes: z.object({
    ...counts,
    byKind: z.array(z.object({ kind: nodeKind, ...counts })),
    rows: z.array(z.object({ node: nodeView, change: presence })),
  }),
  edges: z.object({
    ...counts,
    byKind: z.array(z.object({ kind: edgeKind, ...counts })),
    rows: z.array(
      z.object({ from: nodeView, edge: edgeView, to: nodeView, sentence: z.string(), change: presence }),
    ),
  }),
  reach: z
    .object({
      start: nodeView,
      ...{ before: z.number(), after: z.number(), gained: z.number(), lost: z.number(), changed: z.number() },
      /** Lost first (no level after), then gained (none before), then reached at another level. */
      rows: z.array(z.object({ node: nodeView, before: level, after: level })),
    })
    .nullable(),
});
export type CompareView = z.output<typeof compareView>;
