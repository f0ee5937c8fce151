import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Organisation, type OrganisationSize } from './organisation.ts';
import { placeOf } from './organisation-keys.ts';

const LINES_PER_CHUNK = 2_000;
const VALID_FROM = '2026-01-01T00:00:00Z';

/** Writes the generated organisation straight into the tables, as a run would leave it. Node n has the id n + 1. */
export async function storeOrganisation(client: pg.Client, size: OrganisationSize): Promise<void> {
  const organisation = new Organisation(size);
  await client.query(`INSERT INTO source (id, name) VALUES ('src_generated', 'generated')`);
  await copyIn(
    client,
    'node (id, key, kind, standing, name, provider, sensitivity, valid_from)',
    nodeLines(organisation),
  );
  await copyIn(
    client,
    'edge (id, from_id, to_id, kind, qualifier, level, conditional, last_exercised, source_id, run_from, digest, valid_from)',
    edgeLines(organisation),
  );
  await client.query(
    `SELECT setval('node_id_seq', (SELECT max(id) FROM node)), setval('edge_id_seq', (SELECT max(id) FROM edge))`,
  );
  await client.query('VACUUM (ANALYZE) node');
  await client.query('VACUUM (ANALYZE) edge');
}

function* nodeLines(organisation: Organisation): Generator<string> {
  for (const { index, kind, team, sensitivity } of organisation.nodes()) {
    const { key, provider } = placeOf(kind, index, team);
    const columns = [
      index + 1,
      key,
      kind,
      'inventory',
      `${kind}-${index}`,
      provider,
      sensitivity ?? '\\N',
      VALID_FROM,
    ];
    yield `${columns.join('\t')}\n`;
  }
}

function* edgeLines(organisation: Organisation): Generator<string> {
  for (const { index, from, to, kind, level, conditional, exercised } of organisation.edges()) {
    const lastExercised = exercised ? '2026-08-01T00:00:00Z' : '\\N';
    const ends = [index + 1, from + 1, to + 1, kind, `statement-${index}`, level ?? '\\N', conditional];
    yield `${[...ends, lastExercised, 'src_generated', 1, 0, VALID_FROM].join('\t')}\n`;
  }
}

async function copyIn(client: pg.Client, columns: string, lines: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(chunks(lines)), client.query(copyFrom(`COPY ${columns} FROM STDIN`)));
}

function* chunks(lines: Iterable<string>): Generator<Buffer> {
  let chunk: string[] = [];
  for (const line of lines) {
    chunk.push(line);
    if (chunk.length < LINES_PER_CHUNK) continue;
    yield Buffer.from(chunk.join(''));
    chunk = [];
  }
  yield Buffer.from(chunk.join(''));
}
