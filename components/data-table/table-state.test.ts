import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyTableChange,
  clearNarrowing,
  csvAddress,
  isNarrowed,
  listQuery,
  readTableState,
  rowScope,
  type TableShape,
} from './table-state.ts';

const shape: TableShape = { defaultSort: '-reach', filters: ['kind', 'env'] };
const read = (address: string, of: TableShape = shape) => readTableState(new URLSearchParams(address), of);
const change = (
  address: string,
  ...rest: Parameters<typeof applyTableChange> extends [unknown, ...infer R] ? R : never
) => applyTableChange(new URLSearchParams(address), ...rest).toString();

describe('readTableState', () => {
  it('takes the defaults of the list where the address says nothing', () => {
    const state = read('');
    expect(state).toMatchObject({ page: 1, size: 50, q: '', columns: undefined });
    expect(state.sort).toEqual({ column: 'reach', isDescending: true });
    expect(isNarrowed(state)).toBe(false);
  });

  it.each(['page=0', 'page=-1', 'page=1e9', 'page=x', 'size=10000', 'sort=%3Bdrop', 'sort=-', 'kind=,,'])(
    'counts %s as not given',
    (address) => {
      expect(read(address)).toEqual(read(''));
    },
  );

  it('reads filters in the order of the list, without doubles, and ignores unknown ones', () => {
    expect([...read('env=test,test&kind=agent,service&__proto__=x').filters]).toEqual([
      ['kind', ['agent', 'service']],
      ['env', ['test']],
    ]);
  });

  it('never throws, whatever the address', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (address) => void read(address)));
  });
});

describe('applyTableChange', () => {
  it('leads back to the first page when other rows come, and not when only the columns change', () => {
    expect(change('page=4', { q: 'pay' }, shape)).toBe('q=pay');
    expect(change('page=4', { sort: { column: 'name', isDescending: false } }, shape)).toBe('sort=name');
    expect(change('page=4', { columns: ['name'] }, shape)).toBe('page=4&cols=name');
  });

  it('leaves defaults out and parameters of others alone', () => {
    expect(change('tab=permissions&size=25', { size: 50 }, shape)).toBe('tab=permissions');
    expect(change('sort=name', { sort: { column: 'reach', isDescending: true } }, shape)).toBe('');
  });

  it('keeps two lists on one page apart by their prefix', () => {
    const second: TableShape = { ...shape, prefix: 'perm.' };
    const address = change('page=2', { page: 3 }, second);
    expect(address).toBe('page=2&perm.page=3');
    expect(read(address, second).page).toBe(3);
    expect(read(address).page).toBe(2);
  });

  it('clearing removes the text and every filter', () => {
    const address = 'q=x&kind=agent&env=test&page=2';
    expect(change(address, clearNarrowing(read(address)), shape)).toBe('');
  });
});

describe('addresses for the server', () => {
  it('are the same for the same state however the address was written', () => {
    expect(listQuery(read('env=test&kind=agent&page=2'))).toBe(
      listQuery(read('page=2&kind=agent&env=test&tab=x')),
    );
    expect(listQuery(read('q=arn:aws:iam::1:role/x'))).toBe(
      'page=1&size=50&sort=-reach&q=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fx',
    );
  });

  it('ask for the CSV of all counted rows with the shown columns', () => {
    expect(csvAddress('/api/v1/nodes', read('kind=agent&page=3'), ['name', 'owner'])).toBe(
      '/api/v1/nodes?format=csv&sort=-reach&cols=name%2Cowner&kind=agent',
    );
  });

  it('a selection outlives paging and sorting, not filtering', () => {
    expect(rowScope(read('page=2&sort=name'))).toBe(rowScope(read('')));
    expect(rowScope(read('kind=agent'))).not.toBe(rowScope(read('')));
  });
});
