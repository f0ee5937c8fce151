import { Stat } from '#components/ui/stat.tsx';
import { NON_HUMAN_KINDS } from '#lib/ontology/node-kinds.ts';
import type { OverviewView } from '#lib/overview/schema.ts';

/** The share as people read it: never 100 % while something is missing, never 0 % while there is something. */
export function percent({ count, of }: { count: number; of: number }): string {
  if (of === 0) return '–';
  const share = (count / of) * 100;
  if (count > 0 && share < 1) return '< 1 %';
  if (count < of && share > 99) return '> 99 %';
  return `${Math.round(share)} %`;
}

const n = (value: number): string => value.toLocaleString('en');

/** The identities that the numbers count: not people or groups, and not what a provider runs by itself. */
const IDENTITIES = `kind=${NON_HUMAN_KINDS.join(',')}&managed=no`;

/** Coverage and totals; everything is a link to what it counts. */
export function Numbers({ data }: { data: OverviewView | undefined }) {
  return (
    <div className="grid gap-3">
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat
          label="Identities with an owner"
          value={data && percent(data.owned)}
          detail={data && `${n(data.owned.of - data.owned.count)} of ${n(data.owned.of)} have none`}
          href={`/inventory?${IDENTITIES}&owner=unowned`}
          tone={data && data.owned.count < data.owned.of ? 'warn' : 'neutral'}
        />
        <Stat
          label="Attested, in date"
          value={data && percent(data.attested)}
          detail={data && `${n(data.attested.count)} of ${n(data.attested.of)} identities`}
          href={`/inventory?${IDENTITIES}&attested=lapsed,never`}
          tone={data && data.attested.count < data.attested.of ? 'warn' : 'neutral'}
        />
        <Stat
          label="Standing credentials"
          value={data?.lifetimes.standing}
          detail={data && `${n(data.lifetimes.short)} short-lived, ${n(data.lifetimes.dated)} with an end`}
          href="/inventory?tab=credentials&lifetime=standing&managed=no"
        />
        <Stat
          label="Unused credentials"
          value={data?.unused.credentials.count}
          detail={
            data &&
            `of ${n(data.unused.credentials.of)} that logs would show; ${n(data.unobservable.credentials)} are unobservable`
          }
          href="/inventory?tab=credentials&use=unused&managed=no"
        />
      </div>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat
          label="Identities"
          value={data?.totals.identities}
          href={`/inventory?${IDENTITIES}`}
          detail="services, agents, accounts, roles"
        />
        <Stat
          label="Credentials"
          value={data?.totals.credentials}
          href="/inventory?tab=credentials&managed=no"
          detail="keys, tokens, grants, certificates"
        />
        <Stat
          label="Permissions"
          value={data?.totals.permissions}
          href="/inventory?tab=permissions"
          detail="granted, also by pattern"
        />
        <Stat
          label="Resources"
          value={data?.totals.resources}
          href="/inventory?tab=resources&managed=no"
          detail="data, secrets, interfaces, tools"
        />
      </div>
    </div>
  );
}
