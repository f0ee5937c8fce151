import type { JsonValue } from '#lib/core/json.ts';
import { db } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import type { AuditRow } from './record.ts';
import type { AuditQuery } from './schema.ts';

const BATCH = 2000;
/** What a search pattern must not mean by itself. */
const LIKE_SPECIAL = /[\\%_]/g;

export type StoredRow = AuditRow & { previous: Buffer; hash: Buffer };
type RawRow = Omit<StoredRow, 'previous' | 'hash'> & { previous: Uint8Array; hash: Uint8Array };

/** The columns in the form that the hash covers: times in microseconds, numbers of rows as text. */
const COLUMNS = Prisma.sql`
  seq::text AS seq, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, actor, actor_name AS "actorName",
  on_behalf_of AS "onBehalfOf", action, subject, before, after, reason, address, request_id AS "requestId", previous, hash`;

type Narrowing = Pick<AuditQuery, 'q' | 'action' | 'actor' | 'subject' | 'from' | 'to'>;

function conditions({ q, action, actor, subject, from, to }: Narrowing): Prisma.Sql {
  const found = `%${q.replace(LIKE_SPECIAL, (char) => `\\${char}`)}%`;
  const parts = [
    Prisma.sql`true`,
    ...(q === ''
      ? []
      : [
          Prisma.sql`(actor_name ILIKE ${found} OR action ILIKE ${found} OR subject ILIKE ${found} OR reason ILIKE ${found} OR request_id = ${q})`,
        ]),
    ...(action.length === 0
      ? []
      : [
          Prisma.sql`(action = ANY(${action}::text[]) OR split_part(action, '.', 1) = ANY(${action}::text[]))`,
        ]),
    ...(actor === undefined ? [] : [Prisma.sql`actor = ${actor}`]),
    ...(subject === undefined ? [] : [Prisma.sql`subject = ${subject}`]),
    ...(from === undefined ? [] : [Prisma.sql`at >= ${from}::date`]),
    ...(to === undefined ? [] : [Prisma.sql`at < ${to}::date + 1`]),
  ];
  return Prisma.join(parts, ' AND ');
}

export async function listRows(query: AuditQuery): Promise<{ rows: StoredRow[]; total: number }> {
  const where = conditions(query);
  const order = query.sort.isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const offset = (query.page - 1) * query.size;
  const [rows, [count]] = await Promise.all([
    db().$queryRaw<RawRow[]>`
      SELECT ${COLUMNS} FROM audit_event WHERE ${where} ORDER BY audit_event.seq ${order} LIMIT ${query.size} OFFSET ${offset}`,
    db().$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM audit_event WHERE ${where}`,
  ]);
  return { rows: rows.map(withBuffers), total: Number(count?.n ?? 0) };
}

/** All rows that match, oldest first, in batches; what is written meanwhile is not among them. */
export async function* eachRow(narrowing: Narrowing): AsyncGenerator<StoredRow[]> {
  const where = conditions(narrowing);
  const [end] = await db().$queryRaw<{ seq: bigint | null }[]>`SELECT max(seq) AS seq FROM audit_event`;
  const last = end?.seq ?? 0n;
  for (let after = 0n; ;) {
    const rows = await db().$queryRaw<RawRow[]>`
      SELECT ${COLUMNS} FROM audit_event WHERE ${where} AND seq > ${after} AND seq <= ${last} ORDER BY audit_event.seq LIMIT ${BATCH}`;
    const end = rows.at(-1);
    if (!end) return;
    yield rows.map(withBuffers);
    after = BigInt(end.seq);
  }
}

const EVERYTHING: Narrowing = { q: '', action: [] };

/** Every row, oldest first, in batches. */
export const everyRow = (): AsyncGenerator<StoredRow[]> => eachRow(EVERYTHING);

export async function storedCheckpoints(): Promise<{ size: bigint; root: Buffer; note: string; at: Date }[]> {
  const rows = await db().auditCheckpoint.findMany({ orderBy: { size: 'asc' } });
  return rows.map((row) => ({ ...row, root: Buffer.from(row.root) }));
}

export async function saveCheckpoint(size: bigint, root: Buffer, note: string): Promise<void> {
  await db().auditCheckpoint.createMany({
    data: [{ size, root: Uint8Array.from(root), note }],
    skipDuplicates: true,
  });
}

export async function knownActions(): Promise<string[]> {
  const rows = await db().$queryRaw<
    { action: string }[]
  >`SELECT DISTINCT action FROM audit_event ORDER BY action`;
  return rows.map((row) => row.action);
}

function withBuffers(row: RawRow): StoredRow {
  const { before, after } = row as { before: JsonValue; after: JsonValue };
  return { ...row, before, after, previous: Buffer.from(row.previous), hash: Buffer.from(row.hash) };
}

/** The hashes of the first rows, in order. */
export async function hashesUpTo(size: bigint): Promise<Buffer[]> {
  const rows = await db().$queryRaw<
    { hash: Uint8Array }[]
  >`SELECT hash FROM audit_event WHERE seq <= ${size} ORDER BY seq`;
  return rows.map((row) => Buffer.from(row.hash));
}
