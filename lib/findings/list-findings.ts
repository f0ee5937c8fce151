import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { db } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import { matches, oneOf, visible } from '#lib/inventory/node-conditions.ts';
import { RULES, ruleOf } from './all-rules.ts';
import {
  SEVERITIES,
  type FindingPage,
  type FindingRow,
  type FindingSort,
  type ListFindingsQuery,
} from './schema.ts';

const CSV_ROWS_MAX = 100_000;

/** What a list shows unless it is asked for what no longer holds. */
const UNDER_WAY = ['open', 'accepted'];

/** The worst is the highest, so that `-severity` begins with it. */
const SEVERITY_RANK = Prisma.sql`array_position(${[...SEVERITIES].reverse()}::text[], f.severity)`;
/** Titles live in the rules: sorted by, they stand as the place of the rule in the alphabet of titles. */
const TITLE_RANK = Prisma.sql`array_position(${[...RULES]
  .sort((a, b) => a.title.localeCompare(b.title))
  .map((rule) => rule.id as string)}::text[], f.rule)`;

const SORT_COLUMNS: Record<FindingSort, Prisma.Sql> = {
  severity: SEVERITY_RANK,
  title: TITLE_RANK,
  node: Prisma.sql`lower(n.name)`,
  owner: Prisma.sql`lower(o.name)`,
  state: Prisma.sql`f.state`,
  firstSeen: Prisma.sql`f.first_seen`,
  lastSeen: Prisma.sql`f.last_seen`,
  assignee: Prisma.sql`lower(u.name)`,
};

export type StoredFinding = Omit<
  FindingRow,
  'title' | 'node' | 'firstSeen' | 'lastSeen' | 'acceptedUntil' | 'assignee'
> & {
  nodeId: number;
  nodeKey: string;
  nodeName: string;
  nodeKind: FindingRow['node']['kind'];
  environment: string | null;
  firstSeen: Date;
  lastSeen: Date;
  acceptedUntil: Date | null;
  assigneeId: string | null;
  assigneeName: string | null;
};

export const FINDING_COLUMNS = Prisma.sql`f.id, f.rule, f.severity, f.state::text AS state, f.evidence->>'summary' AS summary, f.first_seen AS "firstSeen",
  f.last_seen AS "lastSeen", f.accepted_until AS "acceptedUntil", f.assignee AS "assigneeId", u.name AS "assigneeName",
  n.id AS "nodeId", n.key AS "nodeKey", n.name AS "nodeName", n.kind::text AS "nodeKind", n.environment, o.name AS owner`;
export const FINDING_TABLES = Prisma.sql`finding f JOIN node n ON n.id = f.node_id LEFT JOIN node o ON o.id = n.owner_id
  LEFT JOIN app_user u ON u.id = f.assignee`;

/** One page of findings, or every counted row for a CSV; an owner sees those on what their teams own. */
export async function listFindings(actor: Actor, query: ListFindingsQuery): Promise<FindingPage> {
  assertMay(actor, 'finding.read');
  const where = conditions(actor, query);
  const column = SORT_COLUMNS[query.sort.column];
  const order = query.sort.descending
    ? Prisma.sql`${column} DESC NULLS LAST, ${SEVERITY_RANK} DESC, ${TITLE_RANK}, lower(n.name), f.id`
    : Prisma.sql`${column} NULLS LAST, ${SEVERITY_RANK} DESC, ${TITLE_RANK}, lower(n.name), f.id`;
  const [limit, offset] =
    query.format === 'csv' ? [CSV_ROWS_MAX, 0] : [query.size, (query.page - 1) * query.size];
  const [counted, rows] = await Promise.all([
    db().$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total FROM ${FINDING_TABLES} WHERE ${where}`,
    db().$queryRaw<StoredFinding[]>`
      SELECT ${FINDING_COLUMNS} FROM ${FINDING_TABLES} WHERE ${where} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`,
  ]);
  return { total: counted[0]?.total ?? 0, rows: rows.map(toFindingRow) };
}

function conditions(actor: Actor, query: ListFindingsQuery): Prisma.Sql {
  const found = [
    visible(actor.scope),
    ...oneOf(Prisma.sql`f.state::text`, query.state.length === 0 ? UNDER_WAY : query.state),
    ...oneOf(Prisma.sql`f.severity`, query.severity),
    ...oneOf(Prisma.sql`f.rule`, query.rule),
    ...oneOf(Prisma.sql`n.kind::text`, query.kind),
    ...oneOf(Prisma.sql`n.environment`, query.environment),
    ...oneOf(Prisma.sql`CASE WHEN n.owner_id IS NULL THEN 'unowned' ELSE 'owned' END`, query.owner),
    ...assigned(actor, query.assigned),
    ...matches(query.q),
  ];
  if (query.node !== undefined)
    found.push(Prisma.sql`n.id = COALESCE((SELECT id FROM node WHERE key = ${query.node}),
      (SELECT node_id FROM node_alias WHERE alias = ${query.node}))`);
  return Prisma.join(found, ' AND ');
}

function assigned(actor: Actor, values: ListFindingsQuery['assigned']): Prisma.Sql[] {
  const one = {
    me: Prisma.sql`f.assignee = ${actor.id}`,
    somebody: Prisma.sql`f.assignee IS NOT NULL`,
    nobody: Prisma.sql`f.assignee IS NULL`,
  };
  return values.length === 0
    ? []
    : [
        Prisma.sql`(${Prisma.join(
          values.map((value) => one[value]),
          ' OR ',
        )})`,
      ];
}

export function toFindingRow(row: StoredFinding): FindingRow {
  return {
    id: row.id,
    rule: row.rule,
    title: ruleOf(row.rule).title,
    severity: row.severity,
    state: row.state,
    node: {
      id: row.nodeId,
      key: row.nodeKey,
      name: row.nodeName,
      kind: row.nodeKind,
      environment: row.environment,
    },
    owner: row.owner,
    summary: row.summary,
    firstSeen: row.firstSeen.toISOString(),
    lastSeen: row.lastSeen.toISOString(),
    acceptedUntil: row.acceptedUntil?.toISOString() ?? null,
    assignee:
      row.assigneeId === null
        ? null
        : { id: row.assigneeId, name: row.assigneeName ?? 'Somebody who is gone' },
  };
}
