import type { JsonObject } from '#lib/core/json.ts';
import { ACCOUNTS, CLUSTERS } from './accounts.ts';
import { authorizationDetails } from './aws-iam.ts';
import { catalogue } from './backstage.ts';
import { writeCloudTrail } from './cloudtrail.ts';
import { countsOf, storiesAsJson, type Counts } from './counts.ts';
import { credentialReport } from './credential-report.ts';
import { clusterFiles } from './kubernetes.ts';
import { ndjsonLines } from './ndjson.ts';
import { buildOrganisation } from './organisation.ts';
import { Output } from './output.ts';
import type { World } from './world.ts';

const FOLDERS = ['aws', 'kubernetes', 'backstage', 'bailiwick'];
const EXPECTED = 'expected.json';

export const SNAPSHOTS = ['now', 'later'] as const;
export type Snapshot = (typeof SNAPSHOTS)[number];

export type SampleOptions = {
  /** Is made when it is missing; must be empty or hold an earlier sample, which is replaced. */
  directory: string;
  /** The same seed and date give the same bytes. */
  seed: number;
  /** Cut to its UTC day; the logs cover the 90 days before it. */
  asOf: Date;
  /** `later` writes the inventory again, without the logs, after two revocations and a few changes. */
  snapshot: Snapshot;
};

/** What to import in which order, and what the person importing it would state. */
export type SampleImport = {
  source: string;
  format: string;
  paths: string[];
  /** For formats that do not say where they come from: the cluster. */
  tenant?: string;
  environment?: string;
};

export type SampleSummary = {
  /** Path inside the folder → SHA-256, by path. */
  files: ReadonlyMap<string, string>;
  bytes: number;
  counts: Counts & { events: number };
  imports: SampleImport[];
};

/** Writes the sample organisation, Meridian Freight, as files in the formats of their real sources. */
export async function generateSample(options: SampleOptions): Promise<SampleSummary> {
  const later = options.snapshot === 'later';
  const world = buildOrganisation({ seed: options.seed, asOf: options.asOf, later });
  const output = new Output(options.directory);
  await output.prepare(FOLDERS, EXPECTED);
  await writeInventory(world, output);
  let events = await writeFacts(world, output);
  if (!later) events += await writeCloudTrail(world, output);
  await output.settle();
  const counts = { ...countsOf(world), events };
  const imports = importsOf(later);
  await output.json(EXPECTED, expected(world, options, counts, imports));
  const files = new Map([...output.digests].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { files, bytes: output.bytes, counts, imports };
}

async function writeInventory(world: World, output: Output): Promise<void> {
  for (const account of ACCOUNTS) {
    await output.json(`aws/iam-${account.id}.json`, authorizationDetails(world, account));
    await output.text(`aws/credential-report-${account.id}.csv`, credentialReport(world, account));
  }
  for (const cluster of CLUSTERS)
    for (const [name, content] of clusterFiles(world, cluster))
      if (content !== '') await output.text(`kubernetes/${cluster.name}/${name}`, content);
  await output.text('backstage/catalog.yaml', catalogue(world));
}

async function writeFacts(world: World, output: Output): Promise<number> {
  const written = { events: 0 };
  for (const file of [world.register, world.agents, world.integrations])
    await output.lines(file.path, ndjsonLines(world, file, written));
  return written.events;
}

function importsOf(later: boolean): SampleImport[] {
  const perAccount = ACCOUNTS.flatMap((account): SampleImport[] => [
    {
      source: `aws-iam-${account.name}`,
      format: 'aws-iam',
      paths: [`aws/iam-${account.id}.json`],
      environment: account.environment,
    },
    {
      source: `aws-credentials-${account.name}`,
      format: 'aws-credential-report',
      paths: [`aws/credential-report-${account.id}.csv`],
      environment: account.environment,
    },
  ]);
  const clusters = CLUSTERS.map(({ name, account }): SampleImport => ({
    source: `kubernetes-${account.name}`,
    format: 'kubernetes',
    paths: [`kubernetes/${name}`],
    tenant: name,
    environment: account.environment,
  }));
  const facts = ['register', 'agents', 'integrations'].map((name): SampleImport => ({
    source: name,
    format: 'bailiwick',
    paths: [`bailiwick/${name}.ndjson`],
  }));
  const logs: SampleImport[] = later
    ? []
    : [{ source: 'cloudtrail', format: 'aws-cloudtrail', paths: ['aws/cloudtrail'] }];
  return [
    ...perAccount,
    ...clusters,
    { source: 'backstage', format: 'backstage', paths: ['backstage/catalog.yaml'] },
    ...facts,
    ...logs,
  ];
}

function expected(
  world: World,
  options: SampleOptions,
  counts: SampleSummary['counts'],
  imports: SampleImport[],
): JsonObject {
  return {
    organisation: 'Meridian Freight',
    seed: options.seed,
    asOf: world.calendar.day(0),
    snapshot: options.snapshot,
    counts,
    imports,
    stories: storiesAsJson(world),
  };
}
