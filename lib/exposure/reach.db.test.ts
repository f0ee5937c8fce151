import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor, type Actor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { db } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { ACCESS_LEVELS } from '#lib/ontology/edge-kinds.ts';
import { blastRadius, drawBlastRadius } from './blast-radius.ts';
import { closeEngine } from './engine.ts';
import { explainPath, explainReach } from './explain-path.ts';
import { listChokePoints } from './list-choke-points.ts';
import { listNeighbours } from './list-neighbours.ts';
import { chokeQuery, drawQuery, neighbourQuery, pathQuery, reachQuery, whyQuery } from './schema.ts';
import { searchNodes } from './search-nodes.ts';
import { insertRandomGraph, raiseGraphVersion, type TestGraph } from './test-graph.ts';
import { SQL_HOPS_MAX, sqlReach, type SqlScope } from './test-sql-reach.ts';

useTestDatabase();
const everybody = systemActor('cli', 'Command line');
const SIZE = 28;
const SCOPES: SqlScope[] = (['granted', 'exercised'] as const).flatMap((mode) =>
  [true, false].map((conditional) => ({ mode, conditional })),
);
const graphs: TestGraph[] = [];

beforeAll(async () => {
  for (const seed of [1, 2, 3, 4]) graphs.push(await insertRandomGraph(`graph${seed}`, seed, SIZE));
});
afterAll(closeEngine);

const starts = () => graphs.flatMap(({ nodes }) => nodes.slice(0, 5));
const asked = (key: string, { mode, conditional }: SqlScope) => ({
  ...{ key, mode, conditional: String(conditional), hops: String(SQL_HOPS_MAX) },
});

describe('the live graph and a recursion in SQL', () => {
  it('reach the same nodes, with the same hops and the same levels', async () => {
    let compared = 0;
    for (const { id, key } of starts()) {
      for (const scope of SCOPES) {
        const expected = await sqlReach(id, scope);
        const found = await blastRadius(everybody, reachQuery.parse({ ...asked(key, scope), limit: '500' }));
        expect(found.reached).toBe(expected.length);
        const rows = found.rows.map((row) => ({ id: row.id, hops: row.hops }));
        expect(rows.sort((a, b) => a.id - b.id)).toEqual(expected.map(({ id, hops }) => ({ id, hops })));
        for (const row of found.rows.filter(({ kind }) => kind === 'resource'))
          expect(row.level && ACCESS_LEVELS[row.level]).toBe(expected.find(({ id }) => id === row.id)?.level);
        compared += expected.length;
      }
    }
    expect(compared).toBeGreaterThan(250);
  });

  it('find paths of the same length, each hop beginning where the last one ended', async () => {
    const [graph] = graphs;
    for (const { id, key } of graph?.nodes.slice(0, 6) ?? []) {
      for (const { id: target, hops } of await sqlReach(id, { mode: 'granted', conditional: true })) {
        const to = graph?.nodes.find((node) => node.id === target)?.key ?? '';
        const direct = await explainPath(everybody, pathQuery.parse({ from: key, to }));
        const drawn = await explainReach(everybody, whyQuery.parse({ key, target: to }));
        for (const { paths } of [direct, drawn]) {
          const path = paths[0]?.hops ?? [];
          expect(path).toHaveLength(hops);
          expect([path[0]?.from.id, path.at(-1)?.to.id]).toEqual([id, target]);
          path.slice(1).forEach((hop, at) => expect(hop.from.id).toBe(path[at]?.to.id));
        }
      }
    }
  });

  it('agree on what is lost without each choke point', async () => {
    let points = 0;
    for (const { id, key } of starts()) {
      const scope = { mode: 'granted', conditional: true } as const;
      const whole = (await sqlReach(id, scope)).length;
      const choke = await listChokePoints(everybody, chokeQuery.parse({ key, limit: '5' }));
      expect(choke.reached).toBe(whole);
      for (const { edge, count } of choke.edges)
        expect(whole - (await sqlReach(id, { ...scope, withoutEdges: [edge.id] })).length).toBe(count);
      for (const { node, count } of choke.nodes)
        expect(whole - 1 - (await sqlReach(id, { ...scope, withoutNodes: [node.id] })).length).toBe(count);
      points += choke.edges.length + choke.nodes.length;
    }
    expect(points).toBeGreaterThan(50);
  });

  it('agree on a what-if, and on what is granted but never exercised', async () => {
    for (const { id, key } of starts()) {
      const scope = { mode: 'granted', conditional: true } as const;
      const [granted, used] = [
        await sqlReach(id, scope),
        await sqlReach(id, { ...scope, mode: 'exercised' }),
      ];
      const usedIds = new Set(used.map((row) => row.id));
      const unused = await blastRadius(everybody, reachQuery.parse({ ...asked(key, scope), mode: 'unused' }));
      expect(unused.reached).toBe(granted.filter((row) => !usedIds.has(row.id)).length);
      const cut = graphs
        .flatMap(({ edges }) => edges)
        .filter((edge) => edge.from === id)
        .map((edge) => edge.id);
      const query = drawQuery.parse({
        ...asked(key, scope),
        withoutEdges: cut.slice(0, 2).join(','),
        limit: '1000',
      });
      const drawn = await drawBlastRadius(everybody, query);
      const left = await sqlReach(id, { ...scope, withoutEdges: cut.slice(0, 2) });
      expect(drawn.reached).toBe(left.length);
      if (cut.length === 0) continue;
      expect(drawn.before?.reached).toBe(granted.length);
      expect(drawn.nodes.filter(({ isLost }) => isLost)).toHaveLength(granted.length - left.length);
    }
  });
});

describe('a drawing', () => {
  it('holds no more nodes than asked for, each with the whole path that leads to it', async () => {
    for (const { key } of starts()) {
      for (const direction of ['from', 'into']) {
        const view = await drawBlastRadius(everybody, drawQuery.parse({ key, direction, limit: '5' }));
        expect(view.nodes.length).toBeLessThanOrEqual(6);
        const drawn = new Map(view.nodes.map((node) => [node.id, node]));
        for (const node of view.nodes.filter(({ parent }) => parent !== null)) {
          const parent = drawn.get(node.parent ?? -1);
          expect(parent?.hops).toBeLessThan(node.hops);
          const [from, to] = direction === 'from' ? [parent?.id, node.id] : [node.id, parent?.id];
          expect(view.edges.some((edge) => edge.from === from && edge.to === to)).toBe(true);
        }
        for (const { from, to } of view.edges) expect([drawn.has(from), drawn.has(to)]).toEqual([true, true]);
      }
    }
  });

  it('keeps on the way what a filter of kinds leaves out', async () => {
    for (const { key } of starts()) {
      const view = await drawBlastRadius(
        everybody,
        drawQuery.parse({ key, kinds: 'resource', limit: '100' }),
      );
      for (const node of view.nodes.slice(1)) expect(node.isMatch).toBe(node.kind === 'resource');
      expect(view.nodes.slice(1).filter(({ isMatch }) => isMatch)).toHaveLength(view.matching);
    }
  });
});

describe('an owner', () => {
  const failure = (call: Promise<unknown>) =>
    call.then(
      () => 'an answer',
      (error: unknown) => (error instanceof AppError ? { code: error.code, message: error.message } : error),
    );

  it('starts only from what is theirs; everything else answers exactly as if it were missing', async () => {
    const [mine, foreign, team] = graphs[0]?.nodes ?? [];
    if (!mine || !foreign || !team) throw new Error('The graph is too small.');
    await db().$executeRaw`UPDATE node SET owner_id = ${team.id} WHERE id = ${mine.id}`;
    await raiseGraphVersion();
    const owner: Actor = { ...everybody, role: 'owner', scope: { kind: 'owned', ownerIds: [team.id] } };
    const missing = 'no such key';
    const calls: ((key: string) => Promise<unknown>)[] = [
      (key) => blastRadius(owner, reachQuery.parse({ key })),
      (key) => blastRadius(owner, reachQuery.parse({ key, direction: 'into' })),
      (key) => drawBlastRadius(owner, drawQuery.parse({ key })),
      (key) => explainPath(owner, pathQuery.parse({ from: key, to: mine.key })),
      (key) => explainReach(owner, whyQuery.parse({ key, target: mine.key })),
      (key) => listChokePoints(owner, chokeQuery.parse({ key })),
      (key) => listNeighbours(owner, neighbourQuery.parse({ key })),
    ];
    for (const call of calls) {
      expect(await failure(call(foreign.key))).toEqual(await failure(call(missing)));
      expect(await failure(call(missing))).toMatchObject({ code: 'not_found' });
    }
    expect(await blastRadius(owner, reachQuery.parse({ key: mine.key }))).toMatchObject({
      start: { id: mine.id },
    });
    expect((await searchNodes(owner, 'graph', 50)).map(({ id }) => id).sort()).toEqual(
      [mine.id, team.id].sort(),
    );
  });

  it('may not probe for nodes beyond what theirs reaches', async () => {
    const [mine, , team] = graphs[0]?.nodes ?? [];
    const elsewhere = graphs[1]?.nodes[0];
    if (!mine || !team || !elsewhere) throw new Error('The graph is too small.');
    const owner: Actor = { ...everybody, role: 'owner', scope: { kind: 'owned', ownerIds: [team.id] } };
    const path = (to: string) => failure(explainPath(owner, pathQuery.parse({ from: mine.key, to })));
    const why = (target: string) => failure(explainReach(owner, whyQuery.parse({ key: mine.key, target })));
    expect(await path(elsewhere.key)).toEqual(await path('no such key'));
    expect(await why(elsewhere.key)).toEqual(await why('no such key'));
  });
});
