import { isObject } from '#lib/core/json.ts';
import { personKey, teamKey } from '#lib/core/keys.ts';
import type { Environment, Sensitivity } from '#lib/ontology/node-kinds.ts';
import type { FactSink } from '../connector.ts';
import type { NodeFact } from '../facts.ts';
import { objectsOf } from './read-fields.ts';
import { maskSecrets } from '../mask-secrets.ts';
import { field, text } from '../read-value.ts';

export type Tags = ReadonlyMap<string, string>;

const SECRET_NAME = /secret|passw|token|api.?key|credential|private.?key/i;
const TAG_TEXT_MAX = 256;

/** AWS tags as `[{Key, Value}]` or as a plain object; tags named like a secret are left out, values that look like one are masked. */
export function readTags(value: unknown): Tags {
  const tags = new Map<string, string>();
  const add = (key: unknown, value: unknown): void => {
    const name = text(key, TAG_TEXT_MAX);
    if (name === undefined || typeof value !== 'string' || SECRET_NAME.test(name)) return;
    tags.set(maskSecrets(name), maskSecrets(text(value, TAG_TEXT_MAX) ?? ''));
  };
  if (isObject(value) && field(value, 'Key') === undefined) {
    for (const [name, content] of Object.entries(value)) add(name, content);
    return tags;
  }
  for (const tag of objectsOf(value)) add(field(tag, 'Key'), field(tag, 'Value'));
  return tags;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

const OWNER_NAMES = new Map([
  ['owner', 0.8],
  ['owneremail', 0.8],
  ['ownedby', 0.8],
  ['owningteam', 0.8],
  ['ownerteam', 0.8],
  ['team', 0.7],
  ['teamname', 0.7],
  ['squad', 0.7],
  ['maintainer', 0.7],
  ['contact', 0.6],
  ['contactemail', 0.6],
  ['createdby', 0.4],
]);

/** Weight of a tag's name as evidence of ownership; 0 for names that say nothing of it. */
function ownerWeight(name: string): number {
  const known = OWNER_NAMES.get(plain(name));
  if (known !== undefined) return known;
  return /(?:owner|team|contact|squad)$/.test(plain(name)) ? 0.4 : 0;
}

const MAIL = /^[^\s@<>]{1,64}@[^\s@<>]+\.[^\s@<>]+$/;

/** Claims that the tags of a node make; the claimed owners are stated as nodes. */
export function claimOwners(sink: FactSink, node: string, tags: Tags, scope?: string): void {
  for (const [name, value] of tags) {
    const confidence = ownerWeight(name);
    const text = value.trim();
    if (confidence === 0 || text === '' || text.startsWith('arn:')) continue;
    const isPerson = MAIL.test(text);
    const owner = isPerson ? personKey(text) : teamKey(text);
    sink.node({ key: owner, kind: isPerson ? 'person' : 'team', standing: 'reference', name: text });
    sink.claim({ owner, node, basis: 'tag', evidence: `Tag ${name} = ${text}`, confidence }, scope);
  }
}

const ENVIRONMENTS: readonly [RegExp, Environment][] = [
  [/^(?:non-?prod|pre-?prod|stag|uat|accept)/, 'staging'],
  [/^(?:prod|prd|live)/, 'production'],
  [/^dev/, 'development'],
  [/^(?:test|tst|qa|sandbox|lab|demo)/, 'test'],
  [/^(?:shared|common)/, 'shared'],
];

const SENSITIVITIES: readonly [RegExp, Sensitivity][] = [
  [/crown.?jewel/, 'crown_jewel'],
  [/restricted|secret|highly|pii|phi|pci|critical/, 'restricted'],
  [/confidential|sensitive|private/, 'confidential'],
  [/internal/, 'internal'],
  [/public/, 'public'],
];

function firstMatch<T>(table: readonly [RegExp, T][], value: string): T | undefined {
  const text = value.trim().toLowerCase();
  return table.find(([pattern]) => pattern.test(text))?.[1];
}

/** What the tags say of environment, sensitivity and purpose, beside the tags themselves. */
export function taggedFacts(tags: Tags): Partial<NodeFact> {
  const facts: Partial<NodeFact> = {};
  for (const [name, value] of tags) {
    const key = plain(name);
    if (/^(?:aws)?(?:env|environment|stage)$/.test(key)) {
      const environment = firstMatch(ENVIRONMENTS, value);
      if (environment !== undefined) facts.environment = environment;
    } else if (/classification$|sensitivity$|confidentiality$/.test(key)) {
      const sensitivity = firstMatch(SENSITIVITIES, value);
      if (sensitivity !== undefined) facts.sensitivity = sensitivity;
    } else if (/^(?:business)?purpose$|^usecase$/.test(key) && value.trim() !== '')
      facts.purpose = value.trim();
  }
  if (tags.size > 0) facts.labels = Object.fromEntries(tags);
  return facts;
}
