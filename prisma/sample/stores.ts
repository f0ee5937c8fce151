import type { NodeFact } from '#lib/connectors/facts.ts';
import type { Sensitivity } from '#lib/ontology/node-kinds.ts';
import { ORGANISATION, regionalArn, REGION, type Account } from './accounts.ts';
import { Random } from './random.ts';
import { STORE_LIST } from './store-list.ts';

export type StoreKind = 'table' | 'bucket' | 'queue' | 'secret' | 'key' | 'database' | 'model';

export type Store = {
  readonly name: string;
  readonly kind: StoreKind;
  readonly sensitivity: Sensitivity;
  readonly team: string;
  /** The part of a secret's or key's ARN that AWS makes up. */
  readonly id: string;
};

const KINDS: Readonly<Record<string, StoreKind>> = {
  t: 'table',
  b: 'bucket',
  q: 'queue',
  s: 'secret',
  y: 'key',
  d: 'database',
  m: 'model',
};

const MODELS: ReadonlyMap<string, string> = new Map([
  ['claude-haiku', 'anthropic.claude-3-haiku-20240307-v1:0'],
  ['claude-sonnet', 'anthropic.claude-3-sonnet-20240229-v1:0'],
]);

const RESOURCE_TYPES: Readonly<Record<StoreKind, string>> = {
  table: 'datastore',
  bucket: 'bucket',
  queue: 'queue',
  secret: 'secret',
  key: 'secret',
  database: 'datastore',
  model: 'model',
};

export function stores(seed: number): ReadonlyMap<string, Store> {
  const random = new Random(seed, 'stores');
  return new Map(
    STORE_LIST.trim()
      .split('\n')
      .map((line) => readStore(line, random))
      .map((store) => [store.name, store]),
  );
}

function readStore(line: string, random: Random): Store {
  const [name = '', letter = '', sensitivity = 'internal', team = ''] = line.split('|');
  const kind = KINDS[letter] ?? 'table';
  const id = kind === 'key' ? random.uuid() : random.letters(6);
  return { name, kind, sensitivity: sensitivity as Sensitivity, team, id };
}

export const modelId = (store: Store): string => MODELS.get(store.name) ?? store.name;
export const bucketName = (store: Store, account: Account): string =>
  `${ORGANISATION}-${account.name}-${store.name}`;

/** The ARN that policies, logs and the data register all name the store by. */
export function storeArn(store: Store, account: Account): string {
  switch (store.kind) {
    case 'table':
      return regionalArn('dynamodb', account, `table/${store.name}`);
    case 'bucket':
      return `arn:aws:s3:::${bucketName(store, account)}`;
    case 'queue':
      return regionalArn('sqs', account, store.name);
    case 'secret':
      return regionalArn('secretsmanager', account, `secret:${store.team}/${store.name}-${store.id}`);
    case 'key':
      return regionalArn('kms', account, `key/${stagedId(store, account)}`);
    case 'database':
      return regionalArn('rds', account, `cluster:${store.name}`);
    case 'model':
      return `arn:aws:bedrock:${REGION}::foundation-model/${modelId(store)}`;
  }
}

/** A key of staging is another key than the one of production. */
const stagedId = (store: Store, account: Account): string =>
  account.name === 'production'
    ? store.id
    : store.id.split('').reverse().join('').replace(/-/g, '0').slice(0, 32);

/** What the data register says of the store. Staging holds made-up data only. */
export function storeNode(store: Store, account: Account): NodeFact {
  const production = account.environment === 'production';
  return {
    key: storeArn(store, account),
    kind: 'resource',
    standing: 'inventory',
    name: production ? store.name : `${store.name} (${account.name})`,
    provider: 'aws',
    tenant: account.id,
    environment: account.environment,
    type: RESOURCE_TYPES[store.kind],
    sensitivity: production ? store.sensitivity : 'internal',
    labels: { owner: store.team },
  };
}
