/** What one import may cost at most. Every figure is named in docs/data-formats.md; a test that needs a smaller one passes its own. */
export type Limits = {
  /** Bytes of one document after decompression. */
  documentBytes: number;
  /** Bytes of one import after decompression, over all its documents. */
  totalBytes: number;
  /** Decompressed bytes per compressed byte, looked at once `ratioFreeBytes` have come out. */
  ratio: number;
  ratioFreeBytes: number;
  /** Documents in one import, archives counted by their entries. */
  entries: number;
  /** Archives within archives. */
  nesting: number;
  /** Bytes of one record. */
  recordBytes: number;
  /** Brackets within brackets. */
  depth: number;
  /** Cells of one CSV row. */
  columns: number;
  /** Rejected records that are kept with their excerpt; further ones are only counted. */
  rejectionsKept: number;
};

const MB = 1 << 20;

export const LIMITS: Limits = {
  documentBytes: 16_384 * MB,
  totalBytes: 65_536 * MB,
  ratio: 250,
  ratioFreeBytes: 64 * MB,
  entries: 50_000,
  nesting: 1,
  recordBytes: 16 * MB,
  depth: 100,
  columns: 2_000,
  rejectionsKept: 10_000,
};

/** First bytes that the recogniser is shown. */
export const SAMPLE_BYTES = 64 * 1024;
