import { checkChain } from '#lib/audit/check-chain.ts';
import { chainReport } from '#lib/audit/schema.ts';
import { route } from '#lib/http/route.ts';

/** Verifies the whole log and every checkpoint, now. */
export const GET = route({ permission: 'audit.read', output: chainReport, handle: () => checkChain() });
