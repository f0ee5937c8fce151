import { expect, test } from 'vitest';
import { collect, sampleOf } from '../testing/collect.ts';
import type { Collected } from '../testing/collected.ts';
import { csv, csvConnector } from './connector.ts';
import { csvMappingSchema, missingFields } from './mapping.ts';
import { suggestMapping } from './suggest-mapping.ts';

const read = (text: string, connector = csv): Collected => {
  const found = collect(connector, { file: 'x.csv', text, syntax: 'csv' });
  expect(found.breaches()).toEqual([]);
  return found;
};

test('an inventory of identities becomes nodes with owners, labels for the other columns and no secret', () => {
  const found = read(
    'Account Name;x,Kind,Owner,Expires,Password,Floor\n'.replace('Account Name;x', 'Name') +
      'deploy-bot,service account,Platform Team,2026-05-01,CANARY,3\nann@example.com,user,,,CANARY,\n',
  );
  expect(found.nodes.get('register://default/service_account/deploy-bot')).toMatchObject({
    kind: 'service_account',
    expiresAt: '2026-05-01T00:00:00Z',
    labels: { Floor: '3' },
  });
  expect(found.nodes.get('mailto:ann@example.com')?.kind).toBe('person');
  expect(found.claims).toMatchObject([{ owner: 'team://platform team', basis: 'register' }]);
  expect(found.text()).not.toContain('CANARY');
});

test('rows of grants become edges; a level in words is read, an impossible edge is rejected', () => {
  const found = read(
    'Principal,Resource,Access,Via\napp,arn:aws:s3:::logs,Read only,role x\napp,db,Full control,\n',
  );
  expect(found.edgesOf('grants').map(({ to, level, qualifier }) => [to, level, qualifier])).toEqual([
    ['arn:aws:s3:::logs', 'read', 'role x'],
    ['register://default/resource/db', 'admin', undefined],
  ]);
  const wrong = csvConnector({
    fact: 'edge',
    fields: [
      { field: 'from', column: 'a' },
      { field: 'to', column: 'b' },
      { field: 'kind', constant: 'member_of' },
    ],
  });
  expect(read('a,b\nx,y\n', wrong).rejected[0]?.reason).toBe(
    'member_of cannot stand between a service_account and a resource',
  );
});

test('rows of a log become events; the same row again is the same event', () => {
  const found = read(
    'Timestamp,User,Action,Result,IP\n2025-01-01 10:00:00,bot,read file,Success,10.0.0.1\n2025-01-01 10:00:00,bot,read file,Success,10.0.0.1\nsoon,bot,x,ok,\n2025-01-01 10:00:00,bot,x,perhaps,\n',
  );
  expect(found.events.length).toBe(2);
  expect(found.events[0]).toEqual(found.events[1]);
  expect(found.rejected.map(({ reason }) => reason)).toEqual([
    'time: cannot be read',
    'outcome: neither allowed, denied nor failed',
  ]);
});

test('the suggestion is a valid mapping, finds the fact by its columns and never maps a secret', () => {
  const mapping = suggestMapping(['from', 'to', 'Secret', 'Level'], []);
  expect(csvMappingSchema.parse(mapping)).toEqual(mapping);
  expect(mapping?.fact).toBe('edge');
  expect(JSON.stringify(mapping)).not.toContain('Secret');
  expect(suggestMapping(['colour', 'size'], [])).toBeNull();
  expect(missingFields({ fact: 'event', fields: [{ field: 'time', column: 'x' }] })).toEqual([
    'actor',
    'action',
  ]);
});

test('columns named like a prototype are ordinary columns', () => {
  expect(read('name,__proto__,constructor\na,b,c\n').nodes.size).toBe(1);
});

test('recognition leaves room for formats that know their columns', () => {
  expect(csv.recognise(sampleOf('name,kind\na,b', 'x', 'csv'))).toBe(0.3);
  expect(csv.recognise(sampleOf('{"a":1}'))).toBe(0);
});
