import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pool } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { importInput } from './import.ts';
import { actor, event, grant, liveState, ndjson, service, database, streamOf } from './testing.ts';

useTestDatabase();

const NAMES = ['a', 'b', 'c', 'd'] as const;
const name = fc.constantFrom(...NAMES);
const hour = fc.integer({ min: 0, max: 200 });
const time = (h: number): string => new Date(Date.UTC(2026, 0, 1, h)).toISOString().replace('.000Z', 'Z');

/** Facts that agree with each other, as a world that does not change shows them from several sides. */
const fact = fc.oneof(
  name.map((n) => service(n)),
  name.map((n) => service(n, { purpose: `purpose of ${n}` })),
  name.map((n) => database(n)),
  fc.tuple(name, name).map(([from, to]) => grant(from, to, 'write')),
  // The id names the content, so that the same id is always the same event.
  fc.tuple(name, name, hour).map(([from, to, h]) => event(`${from}-${to}-${h}`, from, to, time(h))),
  fc.tuple(name, name).map(([node, owner]) => ({
    claim: {
      owner: `team:${owner}`,
      node: `svc:${node}`,
      basis: 'register',
      evidence: 'a row',
      confidence: 0.5,
    },
  })),
  fc.constant({ alias: { alias: 'svc:d', key: 'svc:a' } }),
);
/** Every batch states the ends of its facts, as the contract asks. */
const everything = NAMES.flatMap((n) => [
  service(n),
  database(n),
  { node: { key: `team:${n}`, kind: 'team', name: n }, scope: 'shop' },
]);
const batch = fc.array(fact, { maxLength: 12 }).map((facts) => [...everything, ...facts]);
const batches = fc.array(fc.tuple(fc.constantFrom('one', 'two'), batch), { minLength: 1, maxLength: 5 });

type Batch = [source: string, facts: object[]];

async function importBatch([source, facts]: Batch): Promise<void> {
  const text = ndjson({ source, asOf: '2026-01-01T00:00:00Z' }, ...facts);
  const { runs } = await importInput(actor, {
    inputs: [{ stream: streamOf(text), name: 'batch' }],
    options: {},
  });
  for (const run of runs) {
    expect(run.accepted + run.duplicate + run.rejected).toBe(run.records);
    expect(run.rejected).toBe(0);
  }
}

async function clear(): Promise<void> {
  await pool().query(
    `TRUNCATE node, node_fact, edge, node_alias, event, usage_day, observation_window, ownership_claim, source, run CASCADE`,
  );
}

async function stateAfter(order: readonly Batch[], isParallel: boolean): Promise<string[]> {
  await clear();
  if (isParallel) await Promise.all(order.map(importBatch));
  else for (const one of order) await importBatch(one);
  return liveState();
}

describe('batches of a world that does not change', () => {
  it('lead to the same state in any order, at once, and delivered again; the sums always hold', async () => {
    const orders = fc.tuple(batches, fc.array(fc.nat(), { minLength: 5, maxLength: 5 }));
    await fc.assert(
      fc.asyncProperty(orders, async ([given, keys]) => {
        const inOrder = await stateAfter(given, false);
        const shuffled = given
          .map((one, index) => ({ one, key: keys[index] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(await stateAfter([...shuffled, ...given], false)).toEqual(inOrder);
        expect(await stateAfter(given, true)).toEqual(inOrder);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  }, 300_000);
});
