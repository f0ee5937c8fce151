import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#lib/authz/actor.ts';
import { db } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { closeEngine } from '#lib/exposure/engine.ts';
import { importInput } from '#lib/ingest/import.ts';
import { generateSample, type SampleImport } from '#prisma/sample/generate.ts';
import { buildOrganisation } from '#prisma/sample/organisation.ts';
import { storiesAsJson } from '#prisma/sample/counts.ts';
import { evaluateFindings } from './evaluate-findings.ts';
import { RULE_IDS, type RuleId } from './rule-ids.ts';
import { evidence, type Evaluation, type Evidence } from './schema.ts';

// The whole sample organisation through the real import: every planted story is found, and what only looks like it is not.
useTestDatabase();

const SEED = 7;
const actor = systemActor('cli', 'Command line');
const asOf = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000);
const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-findings-'));

type Story = {
  id: string;
  keys: Record<string, string | string[]>;
  decoys: { key: string; why: string }[];
};
let first: Evaluation;
let stories: Story[];
/** Findings under way by rule: the node's key and the evidence. */
let found: Map<string, { key: string; severity: string; evidence: Evidence }[]>;

beforeAll(async () => {
  const { imports } = await generateSample({ directory: folder, seed: SEED, asOf, snapshot: 'now' });
  for (const step of imports) await importStep(step);
  first = await evaluateFindings(actor);
  found = await readFindings();
  stories = storiesAsJson(buildOrganisation({ seed: SEED, asOf, later: false })) as unknown as Story[];
}, 300_000);

afterAll(async () => {
  await closeEngine();
  rmSync(folder, { recursive: true, force: true });
});

async function importStep(step: SampleImport): Promise<void> {
  await importInput(actor, {
    inputs: step.paths.map((inside) => ({ path: path.join(folder, inside) })),
    options: {
      sourceName: step.source,
      format: step.format,
      complete: step.format !== 'aws-cloudtrail' && step.format !== 'bailiwick',
      defaults: {
        ...(step.tenant === undefined ? {} : { tenant: step.tenant }),
        ...(step.environment === undefined ? {} : { environment: step.environment as 'production' }),
      },
    },
  });
}

async function readFindings() {
  const rows = await db().$queryRaw<{ rule: string; key: string; severity: string; evidence: unknown }[]>`
    SELECT f.rule, n.key, f.severity, f.evidence FROM finding f JOIN node n ON n.id = f.node_id
    WHERE f.state IN ('open', 'accepted') ORDER BY f.rule, n.key`;
  return Map.groupBy(
    rows.map((row) => ({ ...row, evidence: evidence.parse(row.evidence) })),
    (row) => row.rule,
  );
}

const storyOf = (id: string): Story => {
  const story = stories.find((one) => one.id === id);
  if (story === undefined) throw new Error(`The sample has no story ${id}.`);
  return story;
};
const keysOf = (story: Story, ...names: string[]): string[] =>
  names.flatMap((name) => story.keys[name] ?? []);
const named = (rule: RuleId): string[] => (found.get(rule) ?? []).map((finding) => finding.key);
/** Every key that a rule's finding on this node names, and its own. */
const evidenceKeys = (rule: RuleId, key: string): string[] => {
  const finding = (found.get(rule) ?? []).find((one) => one.key === key);
  return finding === undefined ? [] : [key, ...finding.evidence.points.flatMap((point) => point.key ?? [])];
};
const texts = (rule: RuleId, key: string): string =>
  JSON.stringify((found.get(rule) ?? []).find((one) => one.key === key)?.evidence);

type Expectation = {
  story: string;
  rule: RuleId;
  /** Names of the story's keys that have a finding of their own. */
  on: string[];
  /** Names of those that the evidence of the first of them mentions. */
  mentions?: string[];
};

const EXPECTED: Expectation[] = [
  { story: 'shared-token', rule: 'shared-credential', on: ['credential'], mentions: ['services'] },
  { story: 'wide-agent', rule: 'over-wide-agent', on: ['start'], mentions: ['role', 'used', 'reaches'] },
  { story: 'outlived-grant', rule: 'outlived-contract', on: ['start'], mentions: ['credential', 'reaches'] },
  {
    story: 'production-key-in-staging',
    rule: 'crosses-environments',
    on: ['credential'],
    mentions: ['from'],
  },
  { story: 'leaked-key', rule: 'exposed-credential', on: ['credential'], mentions: ['user', 'exposedBy'] },
  { story: 'owners-left', rule: 'owner-left', on: ['services', 'roles', 'users'] },
  { story: 'unused-scopes', rule: 'unused-permission', on: ['integration'], mentions: ['unusedInterfaces'] },
  { story: 'unused-scopes', rule: 'unused-permission', on: ['role'], mentions: ['unusedResources'] },
  { story: 'unused-scopes', rule: 'broad-third-party', on: ['integration'] },
];

describe('each planted story', () => {
  it.each(EXPECTED)('$story is found by $rule on $on', ({ story: id, rule, on, mentions = [] }) => {
    const story = storyOf(id);
    const [start] = keysOf(story, ...on);
    expect(named(rule)).toEqual(expect.arrayContaining(keysOf(story, ...on)));
    expect(evidenceKeys(rule, start ?? '')).toEqual(expect.arrayContaining(keysOf(story, ...mentions)));
  });

  it('the escalation path is told hop by hop, from the repository to the key', () => {
    const story = storyOf('escalation-path');
    const path = keysOf(story, 'path');
    const start = path[2] ?? '';
    expect(named('escalation-to-crown-jewel')).toEqual(
      expect.arrayContaining([start, ...keysOf(story, 'chokePoint')]),
    );
    expect(evidenceKeys('escalation-to-crown-jewel', start)).toEqual(
      expect.arrayContaining([...path, ...keysOf(story, 'start', 'pipeline', 'target')]),
    );
  });

  it('the hidden actor is found on the agent that acts, with the chain and the name that the far side sees', () => {
    const story = storyOf('hidden-actor');
    const [actorKey = ''] = keysOf(story, 'chain');
    expect(evidenceKeys('hidden-actor', actorKey)).toEqual(
      expect.arrayContaining(keysOf(story, 'chain', 'seenAs', 'target', 'tool')),
    );
  });

  it('owners who left are named with their people, and the keys of their machine users with them', () => {
    const story = storyOf('owners-left');
    const mentioned = keysOf(story, 'services', 'roles', 'users').flatMap((key) =>
      evidenceKeys('owner-left', key),
    );
    expect(mentioned).toEqual(expect.arrayContaining(keysOf(story, 'credentials')));
    const people = keysOf(story, 'people');
    expect(mentioned.filter((key) => people.includes(key)).length).toBeGreaterThan(0);
  });

  it('the leaked key names the address that tried it, and its exposure as critical', () => {
    const story = storyOf('leaked-key');
    const [credential = ''] = keysOf(story, 'credential');
    expect(texts('exposed-credential', credential)).toContain(story.keys['strangerAddress']);
    expect(found.get('exposed-credential')?.find((one) => one.key === credential)?.severity).toBe('critical');
  });
});

const DECOY_RULES: Record<string, RuleId> = {
  'shared-token': 'shared-credential',
  'wide-agent': 'over-wide-agent',
  'outlived-grant': 'outlived-contract',
  'production-key-in-staging': 'crosses-environments',
  'leaked-key': 'exposed-credential',
  'owners-left': 'owner-left',
  'escalation-path': 'escalation-to-crown-jewel',
  'unused-scopes': 'unused-permission',
  'hidden-actor': 'hidden-actor',
};

describe('what looks like a story and is none', () => {
  it.each(Object.entries(DECOY_RULES))('beside %s is not reported by %s', (id, rule) => {
    const decoys = storyOf(id).decoys.map((decoy) => decoy.key);
    expect(decoys.length).toBeGreaterThan(0);
    const onIt = named(rule).filter((key) => decoys.includes(key));
    if (id !== 'unused-scopes') expect(onIt).toEqual([]);
    // Use that no log shows is never held against anybody.
    else for (const key of onIt) expect(texts(rule, key)).not.toMatch(/s3|bucket|settlement-reports/i);
  });
});

describe('evaluating again', () => {
  it('finds the same, by the same ids', async () => {
    const before = await db().finding.findMany({
      select: { id: true, evidence: true },
      orderBy: { id: 'asc' },
    });
    const again = await evaluateFindings(actor);
    expect(again).toMatchObject({ opened: 0, reopened: 0, fixed: 0, gone: 0, still: first.opened });
    const after = await db().finding.findMany({
      select: { id: true, evidence: true },
      orderBy: { id: 'asc' },
    });
    expect(after).toEqual(before);
  });

  it('knows no finding of a rule that is not listed', () => {
    expect([...found.keys()].every((rule) => (RULE_IDS as readonly string[]).includes(rule))).toBe(true);
  });

  it('closes what the later inventory no longer shows: the leaked key and the vendor’s grant are gone, the agent is cut down', async () => {
    const { imports } = await generateSample({ directory: folder, seed: SEED, asOf, snapshot: 'later' });
    for (const step of imports) await importStep(step);
    const later = await evaluateFindings(actor);
    expect(later.gone + later.fixed).toBeGreaterThanOrEqual(3);
    const states = await db().$queryRaw<{ rule: string; key: string; state: string }[]>`
      SELECT f.rule, n.key, f.state::text AS state FROM finding f JOIN node n ON n.id = f.node_id`;
    const stateOf = (rule: RuleId, key: string | undefined) =>
      states.find((one) => one.rule === rule && one.key === key)?.state;
    expect(stateOf('exposed-credential', keysOf(storyOf('leaked-key'), 'credential')[0])).toMatch(
      /fixed|gone/,
    );
    expect(stateOf('outlived-contract', keysOf(storyOf('outlived-grant'), 'start')[0])).toMatch(/fixed|gone/);
    expect(stateOf('over-wide-agent', keysOf(storyOf('wide-agent'), 'start')[0])).toBe('fixed');
  }, 300_000);
});
