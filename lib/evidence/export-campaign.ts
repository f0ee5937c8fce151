import { record } from '#lib/audit/record.ts';
import { loadActorNames } from '#lib/audit/actor-names.ts';
import { signingKey } from '#lib/auth/instance-keys.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { evidenceSchema } from '#lib/campaigns/schema.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { csvText, type CsvColumn } from '#lib/core/csv.ts';
import { AppError, notFound } from '#lib/core/errors.ts';
import type { JsonObject, JsonValue } from '#lib/core/json.ts';
import { inTransaction, type Tx } from '#lib/db/client.ts';
import type { Campaign, ReviewItem } from '#lib/db/generated/client.ts';
import { makeBundle, type BundleItem, type BundleKey, type BundlePayload } from './bundle.ts';
import { loadAuditRows, loadRevocations } from './store.ts';

const EXPORT_TIMEOUT_MS = 120_000;

/** A file to hand over: its bytes, its name and its media type. */
export type EvidenceFile = { bytes: Buffer; name: string; type: string };

/**
 * The signed bundle of a campaign. Of a closed one it tells what was so at the close, or at a later `asOf` to show what
 * became of its revocations; the same campaign and time give the same bytes. Writes the export into the audit log.
 */
export async function exportBundle(
  actor: Actor,
  campaignId: string,
  options: { asOf?: Date | undefined; key?: BundleKey; clock?: Clock } = {},
): Promise<EvidenceFile> {
  assertMay(actor, 'evidence.read');
  const { key = signingKey(), clock = systemClock } = options;
  return inTransaction(async (tx) => {
    const campaign = await loadLaunched(tx, campaignId);
    const asOf = timeOf(campaign, options.asOf, clock());
    const bytes = makeBundle(await loadPayload(tx, campaign, asOf), key);
    await trace(tx, actor, campaign, { format: 'bundle', asOf: asOf.toISOString() });
    return { bytes, name: `bailiwick-evidence-${campaignId}.json`, type: 'application/json' };
  }, EXPORT_TIMEOUT_MS);
}

/** The campaign's items and decisions as a table for a spreadsheet. Writes the export into the audit log. */
export async function exportCsv(actor: Actor, campaignId: string): Promise<EvidenceFile> {
  assertMay(actor, 'evidence.read');
  return inTransaction(async (tx) => {
    const campaign = await loadLaunched(tx, campaignId);
    const items = await loadItems(tx, campaign);
    await trace(tx, actor, campaign, { format: 'csv' });
    return {
      bytes: Buffer.from(csvText(CSV_COLUMNS, items), 'utf8'),
      name: `bailiwick-campaign-${campaignId}.csv`,
      type: 'text/csv; charset=utf-8',
    };
  }, EXPORT_TIMEOUT_MS);
}

async function loadLaunched(tx: Tx, id: string): Promise<Campaign & { launchedAt: Date }> {
  const campaign = await tx.campaign.findUnique({ where: { id } });
  if (campaign === null) throw notFound('campaign');
  const { launchedAt } = campaign;
  if (launchedAt === null) {
    throw new AppError('conflict', 'The campaign was never launched, so there is no evidence of it yet.');
  }
  return { ...campaign, launchedAt };
}

/** Of a running campaign now; of an ended one its end, or a later time that has passed. */
function timeOf(campaign: Campaign, chosen: Date | undefined, now: Date): Date {
  const end = campaign.closedAt;
  if (end === null) return now;
  if (chosen === undefined) return end;
  if (chosen < end || chosen > now) {
    throw new AppError('invalid_input', 'Choose a time between the end of the campaign and now.');
  }
  return chosen;
}

const trace = (tx: Tx, actor: Actor, campaign: Campaign, after: JsonObject) =>
  record(tx, actor, { action: 'evidence.export', subject: `campaign:${campaign.id}`, after });

async function loadPayload(
  tx: Tx,
  campaign: Campaign & { launchedAt: Date },
  asOf: Date,
): Promise<BundlePayload> {
  const items = await loadItems(tx, campaign);
  const revocations = await loadRevocations(tx, campaign.id, asOf);
  const counts = Map.groupBy(items, (item) => item.state);
  return {
    campaign: {
      id: campaign.id,
      name: campaign.name,
      instructions: campaign.instructions,
      filter: campaign.filter as JsonValue,
      state: campaign.state,
      createdBy: campaign.createdBy,
      createdAt: campaign.createdAt.toISOString(),
      launchedAt: campaign.launchedAt.toISOString(),
      dueAt: campaign.dueAt.toISOString(),
      closedAt: campaign.closedAt?.toISOString() ?? null,
      graphVersion: campaign.graphVersion,
    },
    asOf: asOf.toISOString(),
    items,
    outcome: [...counts]
      .map(([state, group]) => ({ state, count: group.length }))
      .sort((a, b) => (a.state < b.state ? -1 : 1)),
    revocations,
    audit: await loadAuditRows(tx, campaign.id, asOf),
    limits: limitsOf(campaign),
  };
}

function limitsOf(campaign: Campaign): string[] {
  const limits = [
    'Rows of the audit log that are not about this campaign are left out; rows that do not follow on each other are chained by hashes that this bundle does not hold.',
    'The evidence says what the sources stated and the logs showed within the windows named in it; what no source could see is marked unobservable.',
  ];
  if (campaign.state === 'active')
    limits.push('The campaign is not closed: this bundle is provisional and cannot be made again.');
  return limits;
}

async function loadItems(tx: Tx, campaign: Campaign): Promise<BundleItem[]> {
  const items = await tx.reviewItem.findMany({ where: { campaignId: campaign.id }, orderBy: { id: 'asc' } });
  const reviewers = await tx.node.findMany({
    where: { id: { in: items.flatMap((item) => item.reviewerId ?? []) } },
    select: { id: true, key: true },
  });
  const keys = new Map(reviewers.map((row) => [row.id, row.key]));
  const nameOf = await loadDecisionNames(tx, items);
  return items.map((item) => ({
    id: item.id,
    evidence: item.evidence as JsonValue,
    evidenceHash: item.evidenceHash,
    state: item.state,
    reviewer: item.reviewerId === null ? null : (keys.get(item.reviewerId) ?? null),
    version: item.version,
    decision:
      item.decidedBy === null || item.decidedAt === null || !ANSWERS.has(item.state)
        ? null
        : {
            by: item.decidedBy,
            byName: nameOf(item.id, item.decidedBy),
            at: item.decidedAt.toISOString(),
            reason: item.reason,
            expiresAt: item.expiresAt?.toISOString() ?? null,
          },
  }));
}

/** States that are somebody's answer; an item that was passed on and never answered has none. */
const ANSWERS: ReadonlySet<string> = new Set(['attested', 'revocation_requested', 'unsure', 'not_mine']);

/** The deciders' names as they were when they decided: the audit log keeps them, and a person may be renamed since. */
async function loadDecisionNames(
  tx: Tx,
  items: readonly ReviewItem[],
): Promise<(itemId: string, actorId: string) => string> {
  const rows = await tx.auditEvent.findMany({
    where: { subject: { in: items.map((item) => `review_item:${item.id}`) } },
    orderBy: { seq: 'asc' },
    select: { subject: true, actor: true, actorName: true },
  });
  const names = new Map(rows.map((row) => [`${row.subject} ${row.actor}`, row.actorName]));
  const fallback = await loadActorNames(
    tx,
    items.map((item) => item.decidedBy),
  );
  return (itemId, actorId) => names.get(`review_item:${itemId} ${actorId}`) ?? fallback(actorId);
}

const evidenceOf = (item: BundleItem) => evidenceSchema.parse(item.evidence);

const CSV_COLUMNS: readonly CsvColumn<BundleItem>[] = [
  { title: 'item', value: (item) => item.id },
  { title: 'type', value: (item) => evidenceOf(item).subject.type },
  { title: 'key', value: (item) => evidenceOf(item).subject.key },
  { title: 'name', value: (item) => evidenceOf(item).subject.name },
  { title: 'kind', value: (item) => evidenceOf(item).subject.kind },
  { title: 'environment', value: (item) => evidenceOf(item).subject.environment },
  { title: 'permission', value: (item) => evidenceOf(item).permission?.sentence ?? null },
  { title: 'owner', value: (item) => evidenceOf(item).owner?.key ?? null },
  { title: 'reviewer', value: (item) => item.reviewer },
  { title: 'state', value: (item) => item.state },
  { title: 'reason', value: (item) => item.decision?.reason ?? null },
  { title: 'decided_by', value: (item) => item.decision?.byName ?? null },
  { title: 'decided_at', value: (item) => item.decision?.at ?? null },
  { title: 'attested_until', value: (item) => item.decision?.expiresAt ?? null },
  { title: 'use', value: (item) => evidenceOf(item).used.use },
  { title: 'uses', value: (item) => evidenceOf(item).used.allowed },
  { title: 'last_use', value: (item) => evidenceOf(item).used.lastAt },
  { title: 'observed_days', value: (item) => evidenceOf(item).used.coveredDays },
  { title: 'callers', value: (item) => evidenceOf(item).callers.total },
  { title: 'granted', value: (item) => evidenceOf(item).granted.total },
  { title: 'reach', value: (item) => evidenceOf(item).reach?.nodes ?? null },
  { title: 'crown_jewels_in_reach', value: (item) => evidenceOf(item).reach?.crownJewels ?? null },
  { title: 'risks', value: (item) => evidenceOf(item).risks.join('; ') },
  { title: 'evidence_sha256', value: (item) => item.evidenceHash },
];
