import { expect, it } from 'vitest';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { mappingTextSchema } from './mapping-schema.ts';
import { previewTable } from './preview-table.ts';
import { actor, count, importText } from './testing.ts';

useTestDatabase();

const TABLE = 'Robot;Boss\nr2;ann@example.com\nc3;bob@example.com\n';
const mapping = {
  fact: 'node' as const,
  fields: [
    { field: 'name', column: 'Robot' },
    { field: 'kind', constant: 'service account' },
    { field: 'owner', column: 'Boss' },
  ],
};

it('a table of unknown columns is refused until somebody says what they mean, and read so from then on', async () => {
  const into = { sourceName: 'robots' };
  await expect(importText(TABLE, into, 'robots.csv')).rejects.toThrow('Robot');
  const first = await importText(TABLE, { ...into, mapping }, 'robots.csv');
  expect(first).toMatchObject({ format: 'csv', state: 'done', accepted: 2 });
  expect(await count(`node WHERE kind = 'service_account'`)).toBe(2);
  const again = await importText(`${TABLE}bb8;ann@example.com\n`, into, 'robots.csv');
  expect(again).toMatchObject({ state: 'done', accepted: 1, duplicate: 2 });
  await expect(importText('Colour;Size\nred;3\n', into, 'colours.csv')).rejects.toThrow('Colour');
  await expect(importText(TABLE, { sourceName: 'others' }, 'robots.csv')).rejects.toThrow('Robot');
});

it.each([
  ['{"fact":"edge","fields":[{"field":"from","column":"a"}]}', 'lacks to'],
  [
    '{"fact":"node","fields":[{"field":"colour","column":"a"},{"field":"name","column":"b"}]}',
    'no field colour',
  ],
  ['{', 'not valid JSON'],
])('the mapping %s is refused with the reason', (text, reason) => {
  expect(JSON.stringify(mappingTextSchema.safeParse(text).error?.issues)).toContain(reason);
});

it('the preview of a table shows its first rows, suggests, remembers, and says when a format knows it', async () => {
  const suggested = await previewTable(actor, { head: 'Account;Owner\nbot;"a;b"\n', source: '' });
  expect(suggested).toMatchObject({ columns: ['Account', 'Owner'], rows: [['bot', 'a;b']], knownAs: null });
  expect(suggested.mapping?.fields).toContainEqual({ field: 'name', column: 'Account' });
  expect(await previewTable(actor, { head: TABLE, source: 'robots' })).toMatchObject({
    mapping,
    isRemembered: true,
  });
  expect(await previewTable(actor, { head: TABLE, source: '' })).toMatchObject({ mapping: null });
  const report =
    'user,arn,user_creation_time,password_enabled,access_key_1_active,access_key_1_last_rotated\na,b,c,d,e,f\n';
  expect((await previewTable(actor, { head: report, source: '' })).knownAs).toBe('AWS IAM credential report');
  expect((await previewTable(actor, { head: '{"a":1}', source: '' })).columns).toEqual([]);
});
