import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { collectValue, sampleOf } from '../testing/collect.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { githubAudit } from './connector.ts';
import { FIXTURES } from './fixtures.ts';

const found = collectValue(githubAudit, FIXTURES);

test('an entry names actor, repository and token; the token is known by its hash', () => {
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  expect(found.events[0]).toMatchObject({
    id: 'd-1',
    actor: 'github://users/ann',
    target: 'github://repos/acme/shop',
    credential: 'github://tokens/sha256/c2hhMjU2',
    level: 'read',
  });
  expect(found.nodes.get('github://tokens/sha256/c2hhMjU2')?.type).toBe('oauth_grant');
});

test('installations and collaborators are edges, bots are integrations', () => {
  expect(found.edgesOf('grants').map(({ from, to, level }) => [from, to, level])).toEqual([
    ['github://apps/deployer', 'github://repos/acme/shop', 'use'],
    ['github://users/eve', 'github://repos/acme/shop', 'admin'],
  ]);
  expect(found.events[2]?.actor).toBe('github://apps/deps');
});

type Expected = {
  github: {
    audit_events: number;
    webhook_events: number;
    events_with_hashed_token: number;
    bot_actors: number;
    timestamps_numeric_ms: number;
    timestamps_string: number;
  };
};

test.skipIf(!hasSharedData)(
  'the public samples: audit entries with a time are read, webhook payloads are rejected',
  () => {
    const expected = (expectedCounts('saas_audit') as Expected).github;
    const tests = sharedInputs('github-audit/panther').flatMap(
      ({ text }) => (parse(text) as { Tests: { Log: Record<string, unknown> }[] }).Tests,
    );
    const logs = tests.map(({ Log }) => Log);
    const all = collectValue(githubAudit, logs);
    expect(all.records).toBe(expected.audit_events + expected.webhook_events);
    expect(all.events.length).toBe(expected.timestamps_numeric_ms + expected.timestamps_string);
    expect(all.events.filter(({ credential }) => credential !== undefined).length).toBeGreaterThanOrEqual(
      expected.events_with_hashed_token,
    );
    const webhooks = all.rejected.filter(({ reason }) => reason.includes('not of the audit log')).length;
    // Two audit samples name no actor.
    expect(webhooks).toBe(expected.webhook_events + 2);
    expect(all.events.length + all.rejected.length).toBe(all.records);
    expect(all.breaches()).toEqual([]);
    expect(githubAudit.recognise(sampleOf(JSON.stringify(FIXTURES)))).toBe(0.95);
  },
);
