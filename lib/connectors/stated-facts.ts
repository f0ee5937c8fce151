import { personKey, teamKey } from '#lib/core/keys.ts';
import { ENVIRONMENTS, type Environment } from '#lib/ontology/node-kinds.ts';
import type { FactSink } from './connector.ts';
import { maskSecrets } from './mask-secrets.ts';
import { text } from './read-value.ts';
import { isObject } from '#lib/core/json.ts';

const LABELS_MAX = 60;
const SECRET_NAME = /secret|passw|token|api.?key|credential|private.?key|last-applied-configuration/i;

/** Labels, tags or annotations as text, without those named like a secret and with secret-looking values masked. */
export function readLabels(...sources: unknown[]): Map<string, string> {
  const labels = new Map<string, string>();
  for (const source of sources) {
    if (!isObject(source)) continue;
    for (const [name, value] of Object.entries(source)) {
      const content = text(value, 256);
      if (labels.size >= LABELS_MAX || content === undefined || SECRET_NAME.test(name)) continue;
      labels.set(text(name, 256) ?? '', maskSecrets(content));
    }
  }
  labels.delete('');
  return labels;
}

const OWNER_NAME = /(?:^|[/._-])(owner|owned-?by|team|squad|maintainer|contact|owner-?email)$/i;
const MAIL = /^[^\s@<>]{1,64}@[^\s@<>]+\.[^\s@<>]+$/;

/** The node of an owner that is named by a mail address or by a team's name; states it and gives its key. */
export function statedOwner(sink: FactSink, name: string): string {
  const isPerson = MAIL.test(name);
  const key = isPerson ? personKey(name) : teamKey(name);
  sink.node({ key, kind: isPerson ? 'person' : 'team', standing: 'reference', name });
  return key;
}

/** Claims that labels or annotations named like an owner make. */
export function claimByLabels(
  sink: FactSink,
  node: string,
  labels: ReadonlyMap<string, string>,
  scope?: string,
): void {
  for (const [name, value] of labels) {
    if (!OWNER_NAME.test(name) || value === '[secret]') continue;
    const evidence = `${name}: ${value}`;
    sink.claim(
      { owner: statedOwner(sink, value), node, basis: 'annotation', evidence, confidence: 0.7 },
      scope,
    );
  }
}

const ENVIRONMENT_WORDS: readonly [RegExp, Environment][] = [
  [/^(?:non-?prod|pre-?prod|stag|uat)/, 'staging'],
  [/^(?:prod|prd|live)/, 'production'],
  [/^dev/, 'development'],
  [/^(?:test|tst|qa|sandbox)/, 'test'],
  [/^shared/, 'shared'],
];

/** Environment that a word such as `prd` or `stage` names; undefined when it names none. */
export function environmentOf(value: unknown): Environment | undefined {
  const word = text(value)?.toLowerCase();
  if (word === undefined) return undefined;
  const exact = ENVIRONMENTS.find((name) => name === word);
  return exact ?? ENVIRONMENT_WORDS.find(([pattern]) => pattern.test(word))?.[1];
}
