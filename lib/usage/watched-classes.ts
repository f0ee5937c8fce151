import { db } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import type { NodeKind } from '#lib/ontology/node-kinds.ts';
import { readGraphVersion } from './graph-version.ts';
import { coverageOf, type ObservedSpan } from './observation.ts';
import { loadObservedSpans } from './seen-uses.ts';

/**
 * Things that logs see alike: one kind, provider, tenant, type, and issuing authority of the key. Their use is observable
 * when some log covers the place they live in *and* has ever shown the use of one of them; a log that never names
 * certificates says nothing about the certificate that it does not name.
 */
export type WatchedClass = {
  /** As CLASS_OF writes it. */
  name: string;
  source: string;
  from: Date;
  to: Date;
  /** Days between from and to that the log covers. */
  days: number;
};

/**
 * The class of `node n`, as text that can be joined on. What stands for a whole service of an AWS account
 * (`aws://ACCOUNT/SERVICE`) is a class of its own, since a trail logs each service in its own way.
 */
export const CLASS_OF = Prisma.sql`concat_ws(chr(1), n.kind::text, coalesce(n.provider, ''), coalesce(n.tenant, ''), coalesce(n.type, ''),
  CASE WHEN n.kind = 'resource' AND n.key LIKE 'aws://%' THEN n.key
    ELSE coalesce(substring(n.key from '^[A-Za-z0-9+.-]+://[^/]+'), '') END)`;

/** Kinds of which a log tells that one was *not* used. That a service runs, or a person works, no log of requests shows. */
const TOLD_BY_LOGS: readonly NodeKind[] = [
  'agent',
  'pipeline',
  'integration',
  'service_account',
  'role',
  'credential',
  'resource',
];

/** Logs are looked at no further back than this. */
export const OBSERVED_DAYS_MAX = 400;
const DAY_MS = 86_400_000;

type ClassRow = {
  name: string;
  provider: string | null;
  tenant: string | null;
  /** `source name` + chr(1) + `scope`, of every inventory scope that states a member and has a log of its own. */
  scopes: string[];
};

const cached: { version: number; classes: Promise<readonly WatchedClass[]> } = {
  version: -1,
  classes: Promise.resolve([]),
};

/** Every class whose use can be observed, and by what. Read once per graph version. */
export async function watchedClasses(): Promise<readonly WatchedClass[]> {
  const version = await readGraphVersion(db());
  if (cached.version !== version) {
    cached.version = version;
    cached.classes = loadWatchedClasses();
    cached.classes.catch(() => (cached.version = -1));
  }
  return cached.classes;
}

async function loadWatchedClasses(): Promise<WatchedClass[]> {
  const [spans, rows] = await Promise.all([loadObservedSpans(db()), loadSeenClasses()]);
  const until = new Date();
  const since = new Date(until.getTime() - OBSERVED_DAYS_MAX * DAY_MS);
  const known = new Map<string, WatchedClass | null>();
  return rows.flatMap((row) => {
    const place = JSON.stringify([row.provider, row.tenant, row.scopes]);
    let found = known.get(place);
    if (found === undefined) {
      found = observe(spans, row, since, until);
      known.set(place, found);
    }
    return found === null ? [] : [{ ...found, name: row.name }];
  });
}

function observe(
  spans: readonly ObservedSpan[],
  row: ClassRow,
  since: Date,
  until: Date,
): WatchedClass | null {
  const byPlace = coverageOf(spans, [row], since, until);
  if (byPlace.from !== null && byPlace.to !== null) {
    const sources = byPlace.spans.filter((span) => span.whole).map((span) => span.source);
    return watchedBy(sources, { ...byPlace, from: byPlace.from, to: byPlace.to });
  }
  const own = spans.filter((span) => row.scopes.includes(`${span.source}\u0001${span.scope}`));
  // Where no log names the place: a source that logs a scope of its own watches all that it states in it.
  const byScope = coverageOf(
    own.map((span) => ({ ...span, scope: 'own' })),
    [{ provider: null, tenant: 'own' }],
    since,
    until,
  );
  if (byScope.from === null || byScope.to === null) return null;
  const sources = own.map((span) => span.source);
  return watchedBy(sources, { ...byScope, from: byScope.from, to: byScope.to });
}

function watchedBy(
  sources: readonly string[],
  coverage: { from: string; to: string; coveredDays: number },
): WatchedClass {
  return {
    name: '',
    source: [...new Set(sources)].sort().join(', '),
    from: new Date(coverage.from),
    to: new Date(coverage.to),
    days: coverage.coveredDays,
  };
}

/** Classes of which at least one member was seen in a log. */
function loadSeenClasses(): Promise<ClassRow[]> {
  return db().$queryRaw<ClassRow[]>`
    WITH logged AS (
      SELECT DISTINCT ss.id, s.name || chr(1) || w.scope AS name
      FROM observation_window w JOIN source s ON s.id = w.source_id
      JOIN source_scope ss ON ss.source_id = w.source_id AND ss.scope = w.scope)
    SELECT ${CLASS_OF} AS name, n.provider, n.tenant,
      coalesce(array_agg(DISTINCT l.name) FILTER (WHERE l.name IS NOT NULL), '{}') AS scopes
    FROM node n
    LEFT JOIN node_fact f ON f.node_id = n.id AND f.valid_to IS NULL AND f.scope_id IN (SELECT id FROM logged)
    LEFT JOIN logged l ON l.id = f.scope_id
    WHERE n.valid_to IS NULL AND n.kind = ANY(${[...TOLD_BY_LOGS]}::node_kind[]) GROUP BY 1, 2, 3
    HAVING bool_or(n.last_seen_in_logs IS NOT NULL)`;
}

/** The watched classes as a table `watched(name, source, from_time, to_time, days)`, for a WITH clause. */
export function watchedTable(classes: readonly WatchedClass[]): Prisma.Sql {
  return Prisma.sql`watched AS MATERIALIZED (
    SELECT * FROM unnest(${classes.map((one) => one.name)}::text[], ${classes.map((one) => one.source)}::text[],
      ${classes.map((one) => one.from)}::timestamptz[], ${classes.map((one) => one.to)}::timestamptz[],
      ${classes.map((one) => one.days)}::float8[]) AS w(name, source, from_time, to_time, days))`;
}
