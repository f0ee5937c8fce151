import type { EvidenceChange, ItemEvidence } from './schema.ts';

const NONE = 'none';

/** What is different now from what the reviewer was shown, in words; the time of looking itself is no difference. */
export function compareEvidence(then: ItemEvidence, now: ItemEvidence): EvidenceChange[] {
  const changes: EvidenceChange[] = [];
  const compare = (what: string, was: string, is: string) => {
    if (was !== is) changes.push({ what, was, now: is });
  };
  compare('Owner', then.owner?.name ?? NONE, now.owner?.name ?? NONE);
  compare('Environment', then.subject.environment ?? NONE, now.subject.environment ?? NONE);
  compare('Sensitivity', then.subject.sensitivity ?? NONE, now.subject.sensitivity ?? NONE);
  compare('Expires', day(then.subject.expiresAt), day(now.subject.expiresAt));
  compare('Rotated', day(then.subject.rotatedAt), day(now.subject.rotatedAt));
  compare('Permission', permission(then), permission(now));
  compare('Granted', `${then.granted.total}`, `${now.granted.total}`);
  for (const [what, was, is] of grantChanges(then, now)) compare(what, was, is);
  compare('Last use', day(then.used.lastAt), day(now.used.lastAt));
  compare('Use', then.used.use, now.used.use);
  compare('Callers', `${then.callers.total}`, `${now.callers.total}`);
  if (then.reach !== null && now.reach !== null) {
    compare('Reach', `${then.reach.nodes} things`, `${now.reach.nodes} things`);
    compare('Crown jewels in reach', `${then.reach.crownJewels}`, `${now.reach.crownJewels}`);
  }
  return changes;
}

const day = (time: string | null): string => time?.slice(0, 10) ?? NONE;

const permission = ({ permission: p }: ItemEvidence): string =>
  p === null
    ? NONE
    : [p.level ?? '', p.conditional ? 'conditional' : '', p.limited ? 'limited' : ''].join(' ').trim();

type Grant = ItemEvidence['granted']['shown'][number];

/** Grants that came or went among those shown; where more exist than are shown, only what both show can be compared. */
function grantChanges(then: ItemEvidence, now: ItemEvidence): [string, string, string][] {
  const nameOf = (grant: Grant) => JSON.stringify([grant.kind, grant.to.key, grant.via]);
  const [was, is] = [then, now].map(
    (evidence) => new Map(evidence.granted.shown.map((grant) => [nameOf(grant), grant])),
  ) as [Map<string, Grant>, Map<string, Grant>];
  const complete = [then, now].every(({ granted }) => granted.total === granted.shown.length);
  const changes: [string, string, string][] = [];
  for (const [name, grant] of was) {
    const other = is.get(name);
    if (other) changes.push([`Level on ${grant.to.name}`, grant.level ?? NONE, other.level ?? NONE]);
    else if (complete) changes.push([`Grant on ${grant.to.name}`, grant.level ?? grant.kind, NONE]);
  }
  for (const [name, grant] of is) {
    if (!was.has(name) && complete)
      changes.push([`Grant on ${grant.to.name}`, NONE, grant.level ?? grant.kind]);
  }
  return changes;
}
