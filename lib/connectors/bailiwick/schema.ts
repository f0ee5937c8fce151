import { z } from 'zod';
import { KEY_LENGTH_MAX } from '#lib/core/keys.ts';
import { ACCESS_LEVELS, EDGE_KIND_NAMES } from '#lib/ontology/edge-kinds.ts';
import { ENVIRONMENTS, NODE_KIND_NAMES, SENSITIVITIES } from '#lib/ontology/node-kinds.ts';
import { OUTCOMES, STANDINGS } from '../facts.ts';

/**
 * Bailiwick's own NDJSON, version 1: a header line, then one fact a line. The names are those of lib/connectors/facts.ts.
 * docs/formats/bailiwick.schema.json is generated from this file.
 */

const CHAIN_MAX = 32;
const QUALIFIER_MAX = 500;
const SCOPES_MAX = 1000;

const names = <T extends string>(values: readonly T[]) => z.enum(values as readonly [T, ...T[]]);

const key = z
  .string()
  .min(1)
  .max(KEY_LENGTH_MAX)
  .describe('Canonical key: the same thing has the same key in every source.');
const short = z.string().min(1).max(200);
const label = z.string().max(500);
const sentence = z.string().min(1).max(1000);
/** RFC 3339 with a zone; the year is checked when the line is read (1990 to 2199). */
const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/)
  .describe('Time as RFC 3339 has it, with a zone, between 1990 and 2199.');
const level = names(Object.keys(ACCESS_LEVELS) as (keyof typeof ACCESS_LEVELS)[]);
const props = z
  .record(z.string().min(1).max(100), z.json())
  .describe('Anything else worth showing; at most 16,384 bytes and 8 levels deep; never a secret.');

const scopeSchema = z.strictObject({ scope: short, complete: z.boolean() });

export const nodeSchema = z.strictObject({
  key,
  kind: names(NODE_KIND_NAMES),
  standing: names(STANDINGS).optional().describe('How much the source knows; inventory when absent.'),
  name: label.optional(),
  provider: short.optional(),
  tenant: short.optional(),
  environment: names(ENVIRONMENTS).optional(),
  zone: short.optional(),
  type: short.optional(),
  sensitivity: names(SENSITIVITIES).optional(),
  purpose: sentence.optional(),
  createdAt: time.optional(),
  rotatedAt: time.optional(),
  expiresAt: time.optional(),
  lastUsedAt: time.optional(),
  managed: z.boolean().optional(),
  boundTo: z.enum(['workload', 'person']).optional(),
  runtimeAuthorised: z.boolean().optional(),
  labels: z.record(z.string().min(1).max(200), label).optional(),
  props: props.optional(),
});

export const edgeSchema = z.strictObject({
  from: key,
  kind: names(EDGE_KIND_NAMES),
  to: key,
  qualifier: z.string().max(QUALIFIER_MAX).optional(),
  level: level.optional(),
  conditional: z.boolean().optional(),
  limited: z.boolean().optional(),
  props: props.optional(),
  pattern: z.strictObject({ tenant: short, glob: z.string().min(1).max(KEY_LENGTH_MAX) }).optional(),
});

export const eventSchema = z.strictObject({
  id: z.string().min(1).max(512),
  time,
  actor: key,
  action: short,
  outcome: names(OUTCOMES),
  credential: key.optional(),
  session: z.string().min(1).max(512).optional(),
  issued: z.string().min(1).max(512).optional(),
  target: key.optional(),
  level: level.optional(),
  onBehalfOf: key.optional(),
  chain: z.array(key).max(CHAIN_MAX).optional(),
  address: short.optional(),
  userAgent: label.optional(),
  trace: z.string().min(1).max(512).optional(),
  purpose: sentence.optional(),
});

export const claimSchema = z.strictObject({
  owner: key,
  node: key,
  basis: short,
  evidence: sentence,
  confidence: z.number().min(0).max(1),
});

export const aliasSchema = z.strictObject({ alias: key, key });
export const windowSchema = z.strictObject({ scope: short, from: time, to: time });

export const headerSchema = z.strictObject({
  bailiwick: z.literal(1).describe('Version of the format.'),
  source: z.string().min(1).max(200).describe('What wrote the file, for people.'),
  asOf: time.optional().describe('When the content was true; the time of reading when absent.'),
  scopes: z.array(scopeSchema).max(SCOPES_MAX).optional(),
});

const scope = short
  .optional()
  .describe('The part of the world that the fact belongs to, as named in the header.');

export const lineSchema = z.union([
  headerSchema,
  z.strictObject({ node: nodeSchema, scope }),
  z.strictObject({ edge: edgeSchema, scope }),
  z.strictObject({ event: eventSchema }),
  z.strictObject({ claim: claimSchema, scope }),
  z.strictObject({ alias: aliasSchema }),
  z.strictObject({ window: windowSchema }),
]);

export type Header = z.infer<typeof headerSchema>;
