import {
  columnVisibilityFeature,
  createColumnHelper,
  metaHelper,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  type ColumnDef,
  type RowData,
} from '@tanstack/react-table';

export type ColumnLook = {
  /** The name in the column menu, where the header is not plain text. */
  name?: string;
  /** Numbers stand at the end, in figures of equal width. */
  align?: 'start' | 'end';
  /** Tailwind width classes such as `w-40` or `min-w-64 max-w-96`. */
  width?: string;
  /** Not shown until chosen in the column menu. */
  isHiddenAtFirst?: boolean;
};

/** What the tables of this product can do; sorting, filtering and paging are the server's. */
export const TABLE_FEATURES = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
  columnMeta: metaHelper<ColumnLook>(),
});

export type TableFeatures = typeof TABLE_FEATURES;

// The value type differs from column to column, and only the library's own `any` holds them all.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type DataColumns<Row extends RowData> = ColumnDef<TableFeatures, Row, any>[];

/** The helper that writes the columns of one kind of row: `columnsOf<Finding>()`. */
export function columnsOf<Row extends RowData>() {
  return createColumnHelper<TableFeatures, Row>();
}
