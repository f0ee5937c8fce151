import { createHash, randomBytes } from 'node:crypto';
import type { Actor, RowScope } from '#lib/authz/actor.ts';
import { ROLES } from '#lib/authz/permissions.ts';
import { newId } from '#lib/core/ids.ts';
import { db, pool } from '#lib/db/client.ts';
import type { Prisma } from '#lib/db/generated/client.ts';
import type { EdgeKind, NodeKind, RoleName } from '#lib/db/generated/enums.ts';

/** A handful of things in a test's own database, written as ingest would write them. */
export class SmallWorld {
  readonly sourceId: string;
  readonly scopeId: number;
  runId: number;

  private constructor(sourceId: string, scopeId: number, runId: number) {
    this.sourceId = sourceId;
    this.scopeId = scopeId;
    this.runId = runId;
  }

  /** One source with one scope, read completely once. */
  static async create(asOf = new Date('2026-01-01T00:00:00Z')): Promise<SmallWorld> {
    await pool().query('CREATE TABLE IF NOT EXISTS event_rest PARTITION OF event DEFAULT');
    const sourceId = newId('src');
    await db().source.create({ data: { id: sourceId, name: `Inventory ${sourceId.slice(-4)}` } });
    const scope = await db().sourceScope.create({ data: { sourceId, scope: 'aws:111111111111' } });
    const world = new SmallWorld(sourceId, scope.id, 0);
    await world.completeRun(asOf);
    return world;
  }

  /** A run that read the scope completely from an input that was true at `asOf`. */
  async completeRun(asOf: Date): Promise<number> {
    const run = await this.run(asOf);
    await db().sourceScope.update({
      where: { id: this.scopeId },
      data: { lastCompleteRunId: run, lastCompleteAt: asOf },
    });
    return run;
  }

  /** A run that read a part only. */
  async run(asOf: Date): Promise<number> {
    const run = await db().run.create({
      data: {
        publicId: newId('run'),
        sourceId: this.sourceId,
        format: 'bailiwick',
        state: 'done',
        asOf,
        startedBy: 'system',
      },
    });
    this.runId = run.id;
    return run.id;
  }

  async node(
    kind: NodeKind,
    name: string,
    more: Partial<Prisma.NodeCreateInput> & { ownerId?: number } = {},
  ) {
    const key = more.key ?? `arn:aws:iam::111111111111:${kind}/${name}`;
    const row = await db().node.create({
      data: {
        key,
        kind,
        name,
        standing: 'inventory',
        provider: 'aws',
        tenant: '111111111111',
        validFrom: new Date('2026-01-01T00:00:00Z'),
        ...more,
      },
    });
    const word = { nodeId: row.id, kind, standing: 'inventory' as const, digest: 0n, fact: {} };
    await db().nodeFact.create({ data: { ...word, ...this.#word() } });
    return row.id;
  }

  async edge(
    fromId: number,
    kind: EdgeKind,
    toId: number,
    more: Partial<Prisma.EdgeUncheckedCreateInput> = {},
  ): Promise<number> {
    const row = await db().edge.create({
      data: { fromId, kind, toId, digest: 0n, ...this.#word(), ...more },
    });
    return row.id;
  }

  #word() {
    return {
      sourceId: this.sourceId,
      scopeId: this.scopeId,
      runFrom: this.runId,
      validFrom: new Date('2026-01-01T00:00:00Z'),
    };
  }

  /** Ends all words on a thing, as a complete run that no longer contains it does. */
  async end(subject: { nodeId: number } | { edgeId: number }, runId: number, at: Date): Promise<void> {
    const data = { validTo: at, runTo: runId };
    if ('edgeId' in subject) {
      await db().edge.updateMany({ where: { id: subject.edgeId, validTo: null }, data });
      return;
    }
    await db().nodeFact.updateMany({ where: { nodeId: subject.nodeId, validTo: null }, data });
    await db().node.update({ where: { id: subject.nodeId }, data: { validTo: at } });
  }

  async window(from: Date, to: Date, scope = 'aws:111111111111'): Promise<void> {
    await db().observationWindow.create({
      data: { sourceId: this.sourceId, scope, runId: this.runId, fromTime: from, toTime: to },
    });
  }

  async usage(use: {
    actor: number;
    target?: number;
    credential?: number;
    at: Date;
    allowed?: number;
    denied?: number;
  }) {
    await db().usageDay.create({
      data: {
        day: new Date(use.at.toISOString().slice(0, 10)),
        sourceId: this.sourceId,
        actorId: use.actor,
        credentialId: use.credential ?? 0,
        targetId: use.target ?? 0,
        actionGroup: 's3:read',
        allowed: use.allowed ?? 1,
        denied: use.denied ?? 0,
        firstAt: use.at,
        lastAt: use.at,
      },
    });
  }

  async event(use: {
    actor: number;
    target?: number;
    credential?: number;
    at: Date;
    outcome?: 'allowed' | 'denied';
  }) {
    const eventId = newId('req');
    await db().event.create({
      data: {
        time: use.at,
        eventKey: Uint8Array.from(createHash('sha256').update(eventId).digest().subarray(0, 16)),
        digest: 0n,
        eventId,
        sourceId: this.sourceId,
        runId: this.runId,
        actorId: use.actor,
        targetId: use.target ?? null,
        credentialId: use.credential ?? null,
        action: 's3:GetObject',
        outcome: use.outcome ?? 'allowed',
        chain: [],
      },
    });
  }
}

/** A signed-in person of this role; an owner sees what these nodes own. */
export async function signedIn(role: RoleName, ownerIds: readonly number[] = []): Promise<Actor> {
  const id = newId('usr');
  const name = `${role} ${randomBytes(3).toString('hex')}`;
  await db().user.create({
    data: { id, issuer: 'local', subject: id, email: `${id}@example.test`, name, role },
  });
  const scope: RowScope = role === 'owner' ? { kind: 'owned', ownerIds } : { kind: 'all' };
  return {
    kind: 'user',
    id,
    name,
    role,
    permissions: new Set(ROLES[role].permissions),
    scope,
    sourceIds: null,
    authenticatedAt: new Date(),
    sessionId: newId('ses'),
    address: null,
    requestId: newId('req'),
  };
}
