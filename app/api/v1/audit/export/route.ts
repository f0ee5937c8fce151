import { exportAudit } from '#lib/audit/list-audit.ts';
import { auditQuery } from '#lib/audit/schema.ts';
import { download } from '#lib/http/download.ts';
import { route } from '#lib/http/route.ts';

/** The rows that match as a file: `format=csv` for reading, else NDJSON for verifying. */
export const GET = route({
  permission: 'audit.read',
  query: auditQuery,
  output: 'response',
  traceAs: 'audit.export',
  handle: ({ actor, query }) => {
    const isCsv = query.format === 'csv';
    const [name, type] = isCsv ? ['audit.csv', 'text/csv'] : ['audit.ndjson', 'application/x-ndjson'];
    return Promise.resolve(download(exportAudit(actor, query), name, `${type}; charset=utf-8`));
  },
});
