import { Stat } from '#components/ui/stat.tsx';
import type { OwnershipCoverage } from '#lib/ownership/schema.ts';
import { percent } from './words.ts';

/** How much has an owner; each number opens its list. */
export function CoverageFigures({ coverage }: { coverage: OwnershipCoverage | undefined }) {
  const total = coverage?.total;
  const share = coverage && coverage.total > 0 ? percent(coverage.owned / coverage.total) : undefined;
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-4">
      <Stat
        label="Owned"
        value={coverage?.owned}
        detail={share === undefined ? undefined : `${share} of ${(total ?? 0).toLocaleString('en')}`}
        href="/ownership?view=owned"
      />
      <Stat
        label="Nobody’s"
        value={coverage && coverage.total - coverage.owned}
        detail={coverage && `${coverage.suggested.toLocaleString('en')} with a suggestion`}
        href="/ownership?view=unowned"
        tone={coverage && coverage.total > coverage.owned ? 'warn' : 'neutral'}
      />
      <Stat label="Disputed" value={coverage?.disputed} href="/ownership?view=disputed" />
      <Stat
        label="Running out"
        value={coverage?.expiringSoon}
        detail="within 30 days"
        href="/ownership?view=expiring"
      />
    </div>
  );
}
