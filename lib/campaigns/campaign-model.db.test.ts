import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/authz/actor.ts';
import { db } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { SmallWorld, signedIn } from '#lib/usage/testing/small-world.ts';
import { decideItem } from './decide-item.ts';
import { launchCampaign } from './launch-campaign.ts';
import { cancelCampaign, closeCampaign, createCampaign } from './manage-campaign.ts';
import { campaignFilterSchema, type ItemDecision } from './schema.ts';

useTestDatabase();

/**
 * The campaign held against a model that a reader can check at a glance. Whatever happens in whatever order: items at the
 * end are those of the launch, each has one outcome with its actor, a final answer never changes, and what the model
 * refuses is refused.
 */
type Answer =
  | 'open'
  | 'no_reviewer'
  | 'unsure'
  | 'not_mine'
  | 'attested'
  | 'revocation_requested'
  | 'no_answer'
  | 'withdrawn';
type ModelItem = { answer: Answer; reviewer: number | null; version: number; by: string | null };
type Model = { state: 'draft' | 'active' | 'closed' | 'cancelled'; items: ModelItem[] };
type Real = { campaignId: string; nodes: number[]; ids: string[] };

const UNDECIDED: readonly Answer[] = ['open', 'no_reviewer', 'unsure', 'not_mine'];
const DAY = 86_400_000;

let world: SmallWorld;
let security: Actor;
const teams: { node: number; actor: Actor }[] = [];
let round = 0;

beforeAll(async () => {
  world = await SmallWorld.create();
  security = await signedIn('security');
  for (let i = 0; i < 3; i++) {
    const node = await world.node('team', `team ${i}`, { key: `team://${i}` });
    teams.push({ node, actor: await signedIn('owner', [node]) });
  }
});

const actorOf = (n: number): Actor => teams[n]?.actor ?? security;

abstract class Step implements fc.AsyncCommand<Model, Real> {
  check(): boolean {
    return true;
  }
  abstract run(model: Model, real: Real): Promise<void>;
}

async function agrees(allowed: boolean, work: Promise<unknown>): Promise<void> {
  if (allowed) await work;
  else await expect(work).rejects.toThrow();
}

class Launch extends Step {
  async run(model: Model, real: Real): Promise<void> {
    await agrees(
      model.state === 'draft',
      launchCampaign(security, real.campaignId, () => Promise.resolve(new Map())),
    );
    if (model.state !== 'draft') return;
    model.state = 'active';
    const items = await db().reviewItem.findMany({ where: { campaignId: real.campaignId } });
    real.ids = real.nodes.map((node) => items.find((item) => item.nodeId === node)?.id ?? '');
    model.items = real.nodes.map((_, i) => {
      const reviewer = teams[i % 4]?.node ?? null;
      return { answer: reviewer === null ? 'no_reviewer' : 'open', reviewer, version: 1, by: null };
    });
  }
  override toString = () => 'launch';
}

class Decide extends Step {
  readonly item: number;
  readonly who: number;
  readonly what: ItemDecision['decision'];
  readonly to: number;
  readonly stale: boolean;
  constructor(item: number, who: number, what: ItemDecision['decision'], to: number, stale: boolean) {
    super();
    this.item = item;
    this.who = who;
    this.what = what;
    this.to = to;
    this.stale = stale;
  }

  async run(model: Model, real: Real): Promise<void> {
    const item = model.items[this.item];
    const id = real.ids[this.item];
    if (!item || !id) return;
    const actor = actorOf(this.who);
    const seesIt = this.who === 3 || item.reviewer === teams[this.who]?.node;
    const allowed =
      seesIt &&
      model.state === 'active' &&
      UNDECIDED.includes(item.answer) &&
      !this.stale &&
      !(this.what === 'unsure' && item.answer === 'unsure') &&
      !(this.what === 'assign' && this.who !== 3);
    await agrees(allowed, decideItem(actor, id, this.#input(item.version - (this.stale ? 1 : 0))));
    if (!allowed) return;
    this.#apply(item);
    item.by = actor.id;
    item.version += 1;
  }

  #apply(item: ModelItem): void {
    const to = this.to === 3 ? null : (teams[this.to]?.node ?? null);
    if (this.what === 'attest') item.answer = 'attested';
    else if (this.what === 'revoke') item.answer = 'revocation_requested';
    else if (this.what === 'unsure') item.answer = 'unsure';
    else if (this.what === 'assign')
      [item.answer, item.reviewer] = ['open', teams[this.to % 3]?.node ?? null];
    else [item.answer, item.reviewer] = [to === null ? 'not_mine' : 'open', to];
  }

  #input(version: number): ItemDecision {
    const base = { version: Math.max(1, version), reason: 'A reason' };
    if (version < 1) base.version = 99;
    switch (this.what) {
      case 'attest':
        return { ...base, decision: 'attest', expiresAt: new Date(Date.now() + 30 * DAY).toISOString() };
      case 'not_mine':
        return { ...base, decision: 'not_mine', toOwnerId: teams[this.to]?.node ?? null };
      case 'assign':
        return { ...base, decision: 'assign', toOwnerId: teams[this.to % 3]?.node ?? 0 };
      default:
        return { ...base, decision: this.what };
    }
  }
  override toString = () =>
    `${this.what}(${this.item} by ${this.who} to ${this.to}${this.stale ? ' stale' : ''})`;
}

class End extends Step {
  readonly how: 'closed' | 'cancelled';
  constructor(how: 'closed' | 'cancelled') {
    super();
    this.how = how;
  }
  async run(model: Model, real: Real): Promise<void> {
    const allowed = model.state === 'active' || (model.state === 'draft' && this.how === 'cancelled');
    const end =
      this.how === 'closed'
        ? closeCampaign(security, real.campaignId)
        : cancelCampaign(security, real.campaignId, 'Given up');
    await agrees(allowed, end);
    if (!allowed) return;
    model.state = this.how;
    for (const item of model.items) {
      if (!UNDECIDED.includes(item.answer)) continue;
      if (this.how === 'cancelled') item.answer = 'withdrawn';
      else if (item.answer === 'open') item.answer = 'no_answer';
    }
  }
  override toString = () => this.how;
}

class Look extends Step {
  async run(model: Model, real: Real): Promise<void> {
    const campaign = await db().campaign.findUniqueOrThrow({ where: { id: real.campaignId } });
    expect(campaign.state).toBe(model.state);
    const items = await db().reviewItem.findMany({ where: { campaignId: real.campaignId } });
    expect(items).toHaveLength(model.items.length);
    for (const [i, expected] of model.items.entries()) {
      const item = items.find((row) => row.id === real.ids[i]);
      expect([item?.state, item?.reviewerId, item?.decidedBy]).toEqual([
        expected.answer,
        expected.reviewer,
        expected.by,
      ]);
      expect(item?.evidenceHash).toMatch(/^[0-9a-f]{64}$/);
    }
  }
  override toString = () => 'look';
}

async function draft(): Promise<Real> {
  round += 1;
  const nodes: number[] = [];
  for (let i = 0; i < 4; i++) {
    const owner = teams[i % 4]?.node;
    nodes.push(await world.node('service', `r${round}-${i}`, owner === undefined ? {} : { ownerId: owner }));
  }
  const filter = campaignFilterSchema.parse({ subjects: ['identity'], text: `r${round}-` });
  const dueAt = new Date(Date.now() + DAY).toISOString();
  const { id } = await createCampaign(security, { name: 'Model', instructions: '', filter, dueAt });
  return { campaignId: id, nodes, ids: [] };
}

const someone = fc.nat({ max: 3 });
const decision = fc.constantFrom<ItemDecision['decision'][]>(
  'attest',
  'revoke',
  'unsure',
  'not_mine',
  'assign',
);
const decideStep = fc
  .tuple(someone, someone, decision, someone, fc.integer({ min: 0, max: 9 }))
  .map(([item, who, what, to, luck]) => new Decide(item, who, what, to, luck === 0));

describe('a campaign', () => {
  it('does what its model says, in whatever order people act', async () => {
    const steps = fc.commands(
      [
        decideStep,
        decideStep,
        decideStep,
        fc.constant(new Launch()),
        fc.constantFrom('closed' as const, 'cancelled' as const).map((how) => new End(how)),
      ],
      { maxCommands: 24, size: 'max' },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (commands) => {
        const real = await draft();
        const model: Model = { state: 'draft', items: [] };
        await fc.asyncModelRun(() => ({ model, real }), [new Launch(), ...commands, new Look()]);
      }),
      { numRuns: 40 },
    );
  });
});
