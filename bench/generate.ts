import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import type { EdgeFact, NodeFact, UsageEvent } from '#lib/connectors/facts.ts';
import { Organisation, type OrganisationEdge, type OrganisationNode } from './organisation.ts';
import { placeOf } from './organisation-keys.ts';

export const USAGE = `generate --nodes N --edges M [--seed S] [--out FILE]
  Writes a trust graph with the shape of a real organisation as Bailiwick NDJSON, the same for the same numbers.
  Of the M edges, those of kind "calls" are written as usage events and those of kind "owns" as claims, of which the
  import makes them.`;

const AS_OF = Date.UTC(2026, 8, 1);
const WINDOW_DAYS = 90;
const SCOPE = 'organisation';
const CHUNK_CHARACTERS = 1 << 16;

/** Streams the lines to standard output or a file, in constant memory but for one number per node. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      nodes: { type: 'string', default: '100000' },
      edges: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
    },
  });
  const size = { nodes: whole(values.nodes), edges: whole(values.edges), seed: whole(values.seed) };
  const out = values.out ? createWriteStream(values.out) : process.stdout;
  const closed = values.out ? once(out, 'close') : null;
  let chunk = '';
  for (const line of organisationLines(size)) {
    chunk += line + '\n';
    if (chunk.length < CHUNK_CHARACTERS) continue;
    if (!out.write(chunk)) await once(out, 'drain');
    chunk = '';
  }
  out.write(chunk);
  if (closed) {
    out.end();
    await closed;
  }
}

/** The lines of the file, without line ends. */
export function* organisationLines(size: { nodes: number; edges: number; seed: number }): Generator<string> {
  const organisation = new Organisation(size);
  const asOf = isoTime(0);
  const scopes = [{ scope: SCOPE, complete: true }];
  yield JSON.stringify({ bailiwick: 1, source: 'generated', asOf, scopes });
  yield JSON.stringify({ window: { scope: SCOPE, from: isoTime(WINDOW_DAYS), to: asOf } });
  const keys: string[] = [];
  for (const node of organisation.nodes()) {
    const fact = nodeFact(node);
    keys.push(fact.key);
    yield JSON.stringify({ node: fact });
  }
  for (const edge of organisation.edges()) {
    const from = keys[edge.from] ?? '';
    const to = keys[edge.to] ?? '';
    if (edge.kind === 'owns') yield JSON.stringify({ claim: claim(from, to) });
    else if (edge.kind !== 'calls') yield JSON.stringify({ edge: edgeFact(edge, from, to) });
    const isUsed = edge.kind === 'calls' || (edge.kind === 'assumes' && edge.exercised);
    if (isUsed) yield JSON.stringify({ event: usageEvent(edge, from, to) });
  }
}

function nodeFact({ index, kind, team, sensitivity }: OrganisationNode): NodeFact {
  const { key, provider, tenant, type } = placeOf(kind, index, team);
  const environment =
    (['production', 'production', 'staging', 'development'] as const)[index & 3] ?? 'production';
  return {
    key,
    kind,
    standing: 'inventory',
    name: `${kind.replace('_', '-')}-${index}`,
    provider,
    tenant,
    environment,
    zone: `${provider}/${environment}`,
    ...(type ? { type } : {}),
    ...(sensitivity ? { sensitivity } : {}),
    ...(kind === 'credential'
      ? { createdAt: isoTime(30 + (index % 900)), boundTo: 'workload' as const }
      : {}),
  };
}

function edgeFact(edge: OrganisationEdge, from: string, to: string): EdgeFact {
  return {
    from,
    kind: edge.kind,
    to,
    qualifier: `statement-${edge.index}`,
    ...(edge.level ? { level: edge.level } : {}),
    ...(edge.conditional ? { conditional: true } : {}),
  };
}

function usageEvent(edge: OrganisationEdge, from: string, to: string): UsageEvent {
  return {
    id: `generated-${edge.index}`,
    time: isoTime(1 + (edge.index % (WINDOW_DAYS - 2))),
    actor: from,
    action: edge.kind === 'assumes' ? 'sts:AssumeRole' : `generated:${edge.level ?? 'use'}`,
    outcome: 'allowed',
    target: to,
    ...(edge.level ? { level: edge.level } : {}),
  };
}

const claim = (owner: string, node: string) => ({
  owner,
  node,
  basis: 'register',
  evidence: 'Entry of the generated service register',
  confidence: 0.9,
});

function isoTime(daysBefore: number): string {
  return new Date(AS_OF - daysBefore * 86_400_000).toISOString().replace('.000Z', 'Z');
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`${text} is not a whole number above 0.`);
  return value;
}
