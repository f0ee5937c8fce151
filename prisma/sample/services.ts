import { backstageKey, k8sKey } from '#lib/core/keys.ts';
import {
  iamArn,
  PRODUCTION,
  PRODUCTION_CLUSTER,
  STAGING,
  STAGING_CLUSTER,
  type Account,
} from './accounts.ts';
import { Random } from './random.ts';
import { SERVICE_LIST } from './service-list.ts';

type Runtime = 'deployment' | 'cron_job' | 'lambda' | 'ecs';
type StoreUse = { readonly store: string; readonly writes: boolean };

export type Service = {
  readonly name: string;
  readonly team: string;
  readonly purpose: string;
  readonly runtime: Runtime;
  readonly uses: readonly StoreUse[];
  readonly calls: readonly string[];
  /** Also runs in staging. */
  readonly staged: boolean;
};

const RUNTIMES: Readonly<Record<string, Runtime>> = {
  k: 'deployment',
  c: 'cron_job',
  l: 'lambda',
  e: 'ecs',
};

export function services(seed: number): Service[] {
  const random = new Random(seed, 'services');
  return Object.entries(SERVICE_LIST).flatMap(([team, lines]) =>
    lines
      .trim()
      .split('\n')
      .map((line) => readService(line, team, random)),
  );
}

function readService(line: string, team: string, random: Random): Service {
  const [name = '', purpose = '', runtime = '', uses = '', calls = ''] = line.split('|');
  return {
    name,
    team,
    purpose,
    runtime: RUNTIMES[runtime] ?? 'deployment',
    uses: words(uses).map((use) => ({ store: use.slice(0, -2), writes: use.endsWith(':w') })),
    calls: words(calls),
    staged: random.chance(0.3) || name === 'map-tiles' || name === 'settlement-export',
  };
}

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

export const runsInCluster = (service: Service): boolean =>
  service.runtime === 'deployment' || service.runtime === 'cron_job';

export const serviceKey = (name: string): string => backstageKey('default', 'Component', name);
export const serviceRoleName = (service: Service): string =>
  service.runtime === 'lambda' ? `fn-${service.name}` : `svc-${service.name}`;
export const serviceRoleArn = (service: Service, account: Account): string =>
  iamArn(account, `role/${serviceRoleName(service)}`);

/** The production and the staging workload of a service that runs in a cluster. */
export function workloadKey(service: Service, account: Account): string {
  const cluster = account === STAGING ? STAGING_CLUSTER : PRODUCTION_CLUSTER;
  const plural = service.runtime === 'cron_job' ? 'cronjobs' : 'deployments';
  return k8sKey(cluster.name, plural, service.team, service.name);
}

export const accountsOf = (service: Service): readonly Account[] =>
  service.staged ? [PRODUCTION, STAGING] : [PRODUCTION];
