import { z } from 'zod';

export const EXPORT_FORMATS = ['bailiwick', 'opengraph', 'csv'] as const;

/** CSV is one table a file: the nodes, or the edges with what stands at their ends. */
export const graphExportQuery = z.strictObject({
  format: z.enum(EXPORT_FORMATS),
  table: z.enum(['nodes', 'edges']).default('edges'),
});
export type GraphExportQuery = z.infer<typeof graphExportQuery>;
