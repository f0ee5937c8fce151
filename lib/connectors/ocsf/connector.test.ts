import { expect, test } from 'vitest';
import { collectValue, sampleOf } from '../testing/collect.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { githubAudit } from '../github-audit/connector.ts';
import { at } from '../read-value.ts';
import { isoTime } from '../time.ts';
import { okta } from '../okta/connector.ts';
import { ocsf } from './connector.ts';
import { FIXTURES } from './fixtures.ts';

test('an AWS call is done by the role behind the session, with the session key', () => {
  const found = collectValue(ocsf, FIXTURES);
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  expect(found.events[0]).toMatchObject({
    id: 'm-1',
    actor: 'arn:aws:iam::111122223333:role/path/Admin',
    action: 'secretsmanager:GetSecretValue',
    target: 'arn:aws:secretsmanager:x:1:secret:y',
    session: 'ASIAX',
    level: 'read',
    outcome: 'allowed',
  });
  expect(found.events[1]).toMatchObject({
    actor: 'mailto:ann@example.com',
    outcome: 'failed',
    time: '2025-01-01T00:00:00Z',
  });
  expect(found.events[2]).toMatchObject({ actor: 'github://users/ann', target: 'github://repos/acme/shop' });
});

test('a class that is no use is counted as unknown, a record without a class is rejected', () => {
  const found = collectValue(ocsf, [{ class_uid: 2004, time: 1735689600000, metadata: {} }, { a: 1 }]);
  expect([...found.unknowns.keys()]).toEqual(['class 2004']);
  expect(found.rejected.length).toBe(1);
});

type Expected = {
  events_parsed: number;
  ocsf_files: number;
  rows: { file: string }[];
  unparseable: string[];
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

test.skipIf(!hasSharedData)('the public events are read, and the broken ones are not JSON', () => {
  const expected = expectedCounts('ocsf') as Expected;
  const files = sharedInputs('ocsf').filter(({ file }) => file.endsWith('.ocsf'));
  const values = files.map(({ text }) => parsed(text)).filter((value) => value !== undefined);
  expect([files.length, values.length]).toEqual([expected.ocsf_files, expected.events_parsed]);
  const found = collectValue(ocsf, values);
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  expect(found.events.length + [...found.unknowns.values()].reduce((sum, count) => sum + count, 0)).toBe(
    expected.events_parsed,
  );
  for (const value of values) expect(ocsf.recognise(sampleOf(JSON.stringify(value)))).toBeGreaterThan(0.9);
});

test.skipIf(!hasSharedData).each([
  ['Okta', okta],
  ['GitHub', githubAudit],
] as const)(
  '%s events give the same actor and time by OCSF as by the vendor’s own format',
  (vendor, connector) => {
    const inputs = sharedInputs(`ocsf/${vendor}`);
    const pairs = inputs
      .filter(({ file }) => file.endsWith('.ocsf'))
      .flatMap((mapped) => {
        const raw = inputs.find(({ file }) => file === mapped.file.replace(/\.ocsf$/, '.raw'));
        const [a, b] = [parsed(mapped.text), parsed(raw?.text ?? '')];
        return a === undefined || b === undefined ? [] : [{ a, b }];
      });
    let compared = 0;
    for (const { a, b } of pairs) {
      const [left] = collectValue(ocsf, a).events;
      const [right] = collectValue(connector, b).events;
      if (left === undefined || right === undefined) continue;
      compared += 1;
      // One sample contradicts itself: its `time` and its `time_dt` are a year apart.
      const isConsistent = left.time.slice(0, 19) === isoTime(at(a, 'time_dt'))?.slice(0, 19);
      if (isConsistent) expect(left.time.slice(0, 19)).toBe(right.time.slice(0, 19));
      expect(left.actor).toBe(right.actor);
    }
    expect(compared).toBeGreaterThan(2);
  },
);
