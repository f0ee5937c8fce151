import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor, type Actor } from '#lib/authz/actor.ts';
import { db } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { closeEngine } from '#lib/exposure/engine.ts';
import { importText, ndjson } from '#lib/ingest/testing.ts';
import { decideOnFindings } from './decide-findings.ts';
import { describeFinding } from './describe-finding.ts';
import { evaluateFindings } from './evaluate-findings.ts';
import { evaluateWhenChanged } from './evaluate-when-changed.ts';
import { listFindings } from './list-findings.ts';
import { listFindingsQuery } from './schema.ts';

useTestDatabase();

const admin = systemActor('cli', 'Command line');
const DAY_MS = 86_400_000;
const NOW = new Date();
const ago = (days: number) => new Date(NOW.getTime() - days * DAY_MS).toISOString();
const list = (actor: Actor = admin, query: object = {}) =>
  listFindings(actor, listFindingsQuery.parse(query));

const header = (scope: string, complete = true) => ({
  source: scope,
  scopes: [{ scope, complete }],
  asOf: ago(1),
});
const node = (key: string, kind: string, extra: object = {}) => ({
  node: { key, kind, ...extra },
  scope: 'shop',
});
const edge = (from: string, kind: string, to: string, extra: object = {}) => ({
  edge: { from, kind, to, ...extra },
  scope: 'shop',
});

const KEY = 'secret://shop/k:1/é%2F😀';
const WORKLOADS = [node('svc:a', 'service'), node('svc:b', 'service'), node('team:shop', 'team')];
const SHARED = [
  node(KEY, 'credential', { type: 'api_key', createdAt: ago(400), environment: 'production' }),
  edge('svc:a', 'holds', KEY),
  edge('svc:b', 'holds', KEY),
  edge(KEY, 'authenticates', 'svc:a'),
];

beforeAll(async () => {
  await importText(ndjson(header('shop'), ...WORKLOADS, ...SHARED));
  await evaluateFindings(admin);
});
afterAll(closeEngine);

const findingOf = async (rule: string) => {
  const { rows } = await list(admin, { rule, node: KEY, state: 'open,accepted,fixed,gone' });
  const [row] = rows;
  if (row === undefined) throw new Error(`No finding of ${rule}.`);
  return row;
};

describe('a finding', () => {
  it('is on the thing it is about, with evidence that names the others', async () => {
    const finding = await findingOf('shared-credential');
    const detail = await describeFinding(admin, finding.id);
    expect(detail.evidence.points.map((point) => point.key)).toEqual(['svc:a', 'svc:b']);
    expect(detail.references.length).toBeGreaterThan(0);
    expect((await findingOf('not-rotated')).severity).toBe('high');
  });

  it('accepted with a reason and a date leaves the open ones, keeps its id over evaluations, and opens again after the date', async () => {
    const { id } = await findingOf('shared-credential');
    const until = new Date(NOW.getTime() + 10 * DAY_MS).toISOString();
    await decideOnFindings(admin, { decision: 'accept', ids: [id], reason: 'Moves next week', until });
    await evaluateFindings(admin);
    expect(await findingOf('shared-credential')).toMatchObject({
      id,
      state: 'accepted',
      acceptedUntil: until,
    });
    const later = new Date(NOW.getTime() + 11 * DAY_MS);
    const again = await evaluateFindings(admin, () => later);
    expect(again.reopened).toBeGreaterThan(0);
    expect(await findingOf('shared-credential')).toMatchObject({ id, state: 'open', acceptedUntil: null });
    const detail = await describeFinding(admin, id);
    expect(detail.history).toMatchObject([{ action: 'finding.accept', reason: 'Moves next week' }]);
  });

  it('is decided on with all the others or not at all', async () => {
    const { id } = await findingOf('not-rotated');
    const until = new Date(NOW.getTime() + DAY_MS).toISOString();
    const both = decideOnFindings(admin, {
      decision: 'accept',
      ids: [id, 'fnd_missing'],
      reason: 'whatever',
      until,
    });
    await expect(both).rejects.toMatchObject({ code: 'not_found' });
    expect(await findingOf('not-rotated')).toMatchObject({ state: 'open' });
  });

  it('cannot be accepted into the past, nor assigned to nobody known', async () => {
    const { id } = await findingOf('not-rotated');
    const accept = decideOnFindings(admin, { decision: 'accept', ids: [id], reason: 'why', until: ago(1) });
    await expect(accept).rejects.toMatchObject({ code: 'invalid_input' });
    const assign = decideOnFindings(admin, { decision: 'assign', ids: [id], assignee: 'usr_nobody' });
    await expect(assign).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is fixed when a later import no longer shows it, gone when the thing itself is, and open again when it returns', async () => {
    const held = SHARED.filter((line) => !('edge' in line && line.edge.from === 'svc:b'));
    await importText(ndjson({ ...header('shop'), asOf: NOW.toISOString() }, ...WORKLOADS, ...held));
    await evaluateWhenChanged();
    expect(await findingOf('shared-credential')).toMatchObject({ state: 'fixed' });
    await importText(
      ndjson({ ...header('shop'), asOf: new Date(NOW.getTime() + 1_000).toISOString() }, ...WORKLOADS),
      {
        confirmShrink: true,
      },
    );
    await evaluateWhenChanged();
    expect(await findingOf('not-rotated')).toMatchObject({ state: 'gone' });
    await importText(
      ndjson(
        { ...header('shop'), asOf: new Date(NOW.getTime() + 2_000).toISOString() },
        ...WORKLOADS,
        ...SHARED,
      ),
    );
    await evaluateWhenChanged();
    expect(await findingOf('shared-credential')).toMatchObject({ state: 'open' });
  });
});

describe('who sees a finding', () => {
  it('an owner sees those on what their teams own, and no others: they answer like what does not exist', async () => {
    const team = await db().node.findUniqueOrThrow({ where: { key: 'team:shop' } });
    const owner: Actor = {
      ...admin,
      kind: 'user',
      role: 'owner',
      scope: { kind: 'owned', ownerIds: [team.id] },
    };
    const { id } = await findingOf('shared-credential');
    expect((await list(owner)).total).toBe(0);
    await expect(describeFinding(owner, id)).rejects.toMatchObject({ code: 'not_found' });
    const decide = decideOnFindings(owner, { decision: 'reopen', ids: [id], reason: 'mine now' });
    await expect(decide).rejects.toMatchObject({ code: 'not_found' });
    await db().node.update({ where: { key: KEY }, data: { ownerId: team.id } });
    expect((await list(owner)).rows.map((row) => row.node.key)).toContain(KEY);
    expect((await describeFinding(owner, id)).id).toBe(id);
  });
});
