import { LIVE_CREDENTIAL } from '../conditions.ts';
import { day, evidenceOf, plural, type Found, type Rule, type RuleContext } from '../rule.ts';
import type { EvidencePoint } from '../schema.ts';

type Exposure = {
  nodeId: number;
  name: string;
  where: string;
  whereKey: string;
  isPublic: boolean;
  via: string;
  since: Date;
  identity: string;
  identityKey: string;
};
type Caller = { nodeId: number; address: string; allowed: number; denied: number; first: Date; last: Date };

const ADDRESSES_MAX = 10;

/** A live credential stands in a place that is not made for secrets: code, a log, a wiki, an image. */
export const exposedCredential: Rule = {
  id: 'exposed-credential',
  title: 'Exposed credential',
  why: 'Whoever can read the place can act as the identity, from anywhere, and the logs will show only the identity.',
  remedy:
    'Revoke it first (the emergency path rehearses and revokes at once), then issue another where only the workload can read it, and remove it from the place and its history.',
  references: ['NHI2:2025', 'ASI03', 'PR.AA-01', 'RS.MI-01'],
  find: async (context) => {
    const exposures = Map.groupBy(await loadExposures(context), (one) => one.nodeId);
    const callers = Map.groupBy(await loadCallers(context, [...exposures.keys()]), (one) => one.nodeId);
    return [...exposures].map(([nodeId, places]) => verdict(nodeId, places, callers.get(nodeId) ?? []));
  },
};

function verdict(nodeId: number, places: readonly Exposure[], callers: readonly Caller[]): Found {
  const [first] = places;
  if (!first) throw new Error('An exposure without a place.');
  const isPublic = places.some((place) => place.isPublic);
  const since = places.reduce((least, place) => (place.since < least ? place.since : least), first.since);
  const strangers = callers.filter((caller) => caller.first >= since);
  const points: EvidencePoint[] = [
    ...places.map((place) => ({
      text: `${place.where}${place.isPublic ? ', which is public,' : ''} yields it${place.via === '' ? '' : ` at ${place.via}`}, known since ${day(place.since)}.`,
      key: place.whereKey,
    })),
    { text: `It proves to be ${first.identity}.`, key: first.identityKey },
    ...strangers.map((caller) => ({
      text: `${caller.address} first used it on ${day(caller.first)}, after it was exposed: ${plural(caller.allowed, 'call')} allowed, ${caller.denied} denied, last on ${day(caller.last)}.`,
      at: caller.last.toISOString(),
    })),
  ];
  const seen =
    strangers.length > 0
      ? `, and ${plural(strangers.length, 'new address', 'new addresses')} began to use it since`
      : '';
  const summary = `It stands in ${first.where}${isPublic ? ', which is public' : ''}${seen}.`;
  return {
    nodeId,
    severity: isPublic || strangers.length > 0 ? 'critical' : 'high',
    evidence: evidenceOf(summary, points),
  };
}

function loadExposures({ tx }: RuleContext): Promise<Exposure[]> {
  return tx.$queryRaw<Exposure[]>`
    SELECT n.id AS "nodeId", n.name, f.name AS "where", f.key AS "whereKey", coalesce(f.sensitivity = 'public', false) AS "isPublic", e.qualifier AS via,
      CASE WHEN e.props->>'foundOn' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}' THEN (substr(e.props->>'foundOn', 1, 10) || 'T00:00:00Z')::timestamptz
        ELSE e.valid_from END AS since,
      i.name AS identity, i.key AS "identityKey"
    FROM edge e JOIN node f ON f.id = e.from_id AND f.valid_to IS NULL JOIN node n ON n.id = e.to_id
    JOIN LATERAL (SELECT o.name, o.key FROM edge a JOIN node o ON o.id = a.to_id
      WHERE a.from_id = n.id AND a.kind = 'authenticates' AND a.valid_to IS NULL ORDER BY o.id LIMIT 1) i ON true
    WHERE e.kind = 'exposes' AND e.valid_to IS NULL AND ${LIVE_CREDENTIAL}
      AND (f.sensitivity = 'public' OR coalesce(f.type, '') NOT IN ('secret', 'secrets', 'parameter', 'vault', 'key_vault', 'collection'))
    ORDER BY n.id, since, f.key, e.qualifier`;
}

/** Addresses that presented it, as the raw events show, the latest newcomers first. */
async function loadCallers({ tx }: RuleContext, ids: readonly number[]): Promise<Caller[]> {
  if (ids.length === 0) return [];
  return tx.$queryRaw<Caller[]>`
    SELECT * FROM (
      SELECT e.credential_id AS "nodeId", e.address, count(*) FILTER (WHERE e.outcome = 'allowed')::int AS allowed,
        count(*) FILTER (WHERE e.outcome <> 'allowed')::int AS denied, min(e.time) AS first, max(e.time) AS last,
        row_number() OVER (PARTITION BY e.credential_id ORDER BY min(e.time) DESC, e.address) AS place
      FROM event e WHERE e.credential_id = ANY(${[...ids]}::int[]) AND e.address IS NOT NULL GROUP BY 1, 2) caller
    WHERE place <= ${ADDRESSES_MAX} ORDER BY "nodeId", first DESC, address`;
}
