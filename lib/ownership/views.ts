import { Prisma } from '#lib/db/generated/client.ts';
import type { ClaimState } from '#lib/db/generated/enums.ts';
import { EXPIRING_DAYS } from './rules.ts';
import type { ListOwnership } from './schema.ts';

/** Each view of the queue, as a condition on `node n`. */
export const VIEWS: Record<ListOwnership['view'], Prisma.Sql> = {
  unowned: Prisma.sql`n.owner_id IS NULL`,
  suggested: Prisma.sql`n.owner_id IS NULL AND ${hasClaim('suggested')}`,
  disputed: hasClaim('disputed'),
  owned: Prisma.sql`n.owner_id IS NOT NULL`,
  expiring: Prisma.sql`EXISTS (SELECT 1 FROM ownership_claim c WHERE c.node_id = n.id AND c.state = 'accepted'
    AND c.expires_at < now() + make_interval(days => ${EXPIRING_DAYS}))`,
};

function hasClaim(state: ClaimState): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM ownership_claim c WHERE c.node_id = n.id AND c.state = ${state}::claim_state)`;
}
