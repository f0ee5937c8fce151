import { ACCESS_LEVELS, ACCESS_LEVEL_NAMES, EDGE_KINDS, EDGE_KIND_NAMES } from '#lib/ontology/edge-kinds.ts';
import type { AccessLevel, EdgeKind, EdgeKindRule } from '#lib/ontology/edge-kinds.ts';
import { NODE_KIND_NAMES, SENSITIVITIES } from '#lib/ontology/node-kinds.ts';
import type { NodeKind, Sensitivity } from '#lib/ontology/node-kinds.ts';
import { known } from './typed.ts';

/**
 * The numbers that stand for the ontology's words in the arrays. An edge is one byte:
 * bits 0–3 kind, 4–5 level it carries minus one, 6 conditional, 7 exercised. One byte means that every question about
 * an edge (mode, conditions, kinds) is one look-up in a table of 256, made once per query from the ontology.
 */
export const ADMIN = ACCESS_LEVELS.admin;
export const READ = ACCESS_LEVELS.read;

const EDGE_KIND_CODES = new Map(EDGE_KIND_NAMES.map((kind, code) => [kind, code]));
const NODE_KIND_CODES = new Map(NODE_KIND_NAMES.map((kind, code) => [kind, code]));
const EDGE_RULES: readonly EdgeKindRule[] = EDGE_KIND_NAMES.map((kind) => EDGE_KINDS[kind]);

if (EDGE_KIND_NAMES.length > 16) throw new Error('An edge byte has room for 16 edge kinds.');

export const RESOURCE_CODE = NODE_KIND_NAMES.indexOf('resource');

/** A kind that the ontology does not know throws: it came past the ingest checks. */
export function edgeKindCode(kind: EdgeKind): number {
  const code = EDGE_KIND_CODES.get(kind);
  if (code === undefined) throw new RangeError('The ontology has no such edge kind.');
  return code;
}

export function nodeKindCode(kind: NodeKind): number {
  const code = NODE_KIND_CODES.get(kind);
  if (code === undefined) throw new RangeError('The ontology has no such node kind.');
  return code;
}

export const edgeKindName = (code: number): EdgeKind => known(EDGE_KIND_NAMES, code);
export const nodeKindName = (code: number): NodeKind => known(NODE_KIND_NAMES, code);
export const edgeRule = (code: number): EdgeKindRule => known(EDGE_RULES, code);

/** 0 is unknown, 1 public … 5 crown jewel. */
export const sensitivityCode = (sensitivity: Sensitivity | null | undefined): number =>
  sensitivity ? SENSITIVITIES.indexOf(sensitivity) + 1 : 0;
export const sensitivityName = (code: number): Sensitivity | null =>
  code === 0 ? null : known(SENSITIVITIES, code - 1);

export const levelName = (level: number): AccessLevel => known(ACCESS_LEVEL_NAMES, level - 1);

/**
 * The byte of an edge. A kind that carries a level but states none is taken at `read`, the least it can mean; a kind
 * that carries none hands on everything.
 */
export function packEdge(kind: number, level: number, conditional: boolean, exercised: boolean): number {
  const carried = edgeRule(kind).carriesLevel ? Math.min(Math.max(level, READ), ADMIN) : ADMIN;
  return kind | ((carried - 1) << 4) | (conditional ? 64 : 0) | (exercised ? 128 : 0);
}

export const kindOfEdge = (meta: number): number => meta & 15;
export const levelOfEdge = (meta: number): number => ((meta >>> 4) & 3) + 1;
export const isConditional = (meta: number): boolean => (meta & 64) !== 0;
export const isExercised = (meta: number): boolean => (meta & 128) !== 0;

/** The least level a resource must be held at for an edge of this kind to be followed (1 to 4). */
const NEEDS = Uint8Array.from(EDGE_RULES, (rule) => (rule.needs === null ? READ : ACCESS_LEVELS[rule.needs]));
export const needOfKind = (kind: number): number => NEEDS[kind] as number;
