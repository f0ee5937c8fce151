import { Stat } from '#components/ui/stat.tsx';
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

/** Coverage and totals; everything is a link to what it counts. */
export function Numbers({ data }: { data: OverviewView | undefined }) {
  return (
    <div className="grid gap-3">
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat
          label="Identities with an owner"
          value={data && percent(data.owned)}
          detail={data && `${n(data.owned.of - data.owned.count)} of ${n(data.owned.of)} have none`}
          href="/inventory?owner=unowned&managed=no"
          tone={data && data.owned.count < data.owned.of ? 'warn' : 'neutral'}
        />
        <Stat
          label="Attested, in date"
          value={data && percent(data.attested)}
          detail={data && `${n(data.attested.count)} of ${n(data.attested.of)} identities and credentials`}
          href="/inventory?attested=lapsed,never&managed=no"
          tone={data && data.attested.count < data.attested.of ? 'warn' : 'neutral'}
        />
        <Stat
          label="Standing credentials"
          value={data?.lifetimes.standing}
          detail={data && `${n(data.lifetimes.short)} short-lived, ${n(data.lifetimes.dated)} with an end`}
          href="/inventory?tab=credentials&lifetime=standing"
        />
        <Stat
          label="Unused, where logs would show it"
          value={data && data.unused.identities.count + data.unused.credentials.count}
          detail={
            data &&
            `${n(data.unobservable.identities + data.unobservable.credentials)} more cannot be observed`
          }
          href="/inventory?tab=credentials&use=unused"
        />
      </div>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat
          label="Identities"
          value={data?.totals.identities}
          href="/inventory?managed=no"
          detail="services, agents, accounts, roles"
        />
        <Stat
          label="Credentials"
          value={data?.totals.credentials}
          href="/inventory?tab=credentials"
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
          href="/inventory?tab=resources"
          detail="data, secrets, interfaces, tools"
        />
      </div>
    </div>
  );
}
