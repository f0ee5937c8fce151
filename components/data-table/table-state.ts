/** What a list lets the address decide; one constant per list, shared by its page and its CSV link. */
export type TableShape = {
  /** Put before every parameter, for a second list on one page: `perm.` makes `perm.page`. */
  prefix?: string;
  /** Column id, with `-` before it for descending. */
  defaultSort: string;
  defaultSize?: PageSize;
  /** The parameters that filter, by name; several values are separated by commas, which a value must not hold. */
  filters: readonly string[];
};

export const PAGE_SIZES = [25, 50, 100] as const;
export type PageSize = (typeof PAGE_SIZES)[number];

export type TableSort = { column: string; isDescending: boolean };

export type TableState = {
  /** From 1. */
  page: number;
  size: PageSize;
  sort: TableSort;
  /** The free text searched for. */
  q: string;
  /** Only filters that are set. */
  filters: ReadonlyMap<string, readonly string[]>;
  /** The ids of the shown columns; undefined means the list's own choice. */
  columns: readonly string[] | undefined;
};

export type TableChange = Partial<Pick<TableState, 'page' | 'size' | 'sort' | 'q'>> & {
  /** Replaces the values of the named filters; an empty list removes one. */
  filters?: ReadonlyMap<string, readonly string[]>;
  columns?: readonly string[] | undefined;
};

/** The largest page that is asked for; an address with more is an address with a mistake. */
const PAGE_MAX = 1_000_000;

/** Reads the state out of an address; whatever does not make sense counts as not given. */
export function readTableState(params: URLSearchParams, shape: TableShape): TableState {
  const get = (name: string) => params.get(`${shape.prefix ?? ''}${name}`) ?? '';
  const size = PAGE_SIZES.find((candidate) => String(candidate) === get('size'));
  const filters = new Map<string, readonly string[]>();
  for (const name of shape.filters) {
    const values = splitList(get(name));
    if (values.length > 0) filters.set(name, values);
  }
  const columns = splitList(get('cols'));
  return {
    page: readPage(get('page')),
    size: size ?? defaultSize(shape),
    sort: readSort(get('sort')) ?? readSort(shape.defaultSort) ?? { column: '', isDescending: false },
    q: get('q'),
    filters,
    columns: columns.length > 0 ? columns : undefined,
  };
}

/**
 * The address after a change: parameters of others stay, defaults are left out so that addresses are short, and anything that
 * changes which rows there are leads back to the first page.
 */
export function applyTableChange(
  params: URLSearchParams,
  change: TableChange,
  shape: TableShape,
): URLSearchParams {
  const next = new URLSearchParams(params);
  const put = (name: string, value: string, isDefault: boolean) => {
    const key = `${shape.prefix ?? ''}${name}`;
    if (isDefault) next.delete(key);
    else next.set(key, value);
  };
  if (change.q !== undefined) put('q', change.q, change.q === '');
  if (change.sort) put('sort', writeSort(change.sort), writeSort(change.sort) === shape.defaultSort);
  if (change.size) put('size', String(change.size), change.size === defaultSize(shape));
  for (const [name, values] of change.filters ?? []) put(name, values.join(','), values.length === 0);
  if ('columns' in change) put('cols', change.columns?.join(',') ?? '', change.columns === undefined);
  const isOtherRows = change.q !== undefined || change.sort || change.size || change.filters;
  const page = change.page ?? (isOtherRows ? 1 : undefined);
  if (page !== undefined) put('page', String(page), page === 1);
  return next;
}

/**
 * The query string for the API, always in the same order, so that it can be a query key: page, size, sort, then q and filters
 * where set; never with the prefix.
 */
export function listQuery(state: TableState): string {
  const params = new URLSearchParams({
    page: String(state.page),
    size: String(state.size),
    sort: writeSort(state.sort),
  });
  for (const [name, value] of narrowing(state)) params.set(name, value);
  return params.toString();
}

/**
 * The address of the CSV: every row that the list counts, in its order, with the shown columns in theirs. The path may have
 * parameters of its own, which narrow the list as well.
 */
export function csvAddress(path: string, state: TableState, shownColumns: readonly string[]): string {
  const params = new URLSearchParams({
    format: 'csv',
    sort: writeSort(state.sort),
    cols: shownColumns.join(','),
  });
  for (const [name, value] of narrowing(state)) params.set(name, value);
  return `${path}${path.includes('?') ? '&' : '?'}${params.toString()}`;
}

/** Names which rows there are, whatever their order or page: a selection is only valid within it. */
export function rowScope(state: TableState): string {
  return new URLSearchParams(narrowing(state)).toString();
}

export function isNarrowed(state: TableState): boolean {
  return state.q !== '' || state.filters.size > 0;
}

/** The change that shows every row again. */
export function clearNarrowing(state: TableState): TableChange {
  return { q: '', filters: new Map([...state.filters.keys()].map((name) => [name, []])) };
}

function narrowing(state: TableState): [string, string][] {
  const pairs: [string, string][] = state.q === '' ? [] : [['q', state.q]];
  for (const [name, values] of state.filters) pairs.push([name, values.join(',')]);
  return pairs;
}

function defaultSize(shape: TableShape): PageSize {
  return shape.defaultSize ?? 50;
}

function splitList(text: string): string[] {
  return [...new Set(text.split(',').filter((value) => value !== ''))];
}

function readPage(text: string): number {
  const page = /^[1-9]\d{0,6}$/.test(text) ? Number(text) : 1;
  return Math.min(page, PAGE_MAX);
}

function readSort(text: string): TableSort | undefined {
  const match = /^(-?)([A-Za-z][\w.]{0,63})$/.exec(text);
  return match?.[2] === undefined ? undefined : { column: match[2], isDescending: match[1] === '-' };
}

function writeSort(sort: TableSort): string {
  return `${sort.isDescending ? '-' : ''}${sort.column}`;
}
