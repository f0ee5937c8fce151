import { expect, it } from 'vitest';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { mappingTextSchema } from './mapping-schema.ts';
import { count, importText } from './testing.ts';

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
