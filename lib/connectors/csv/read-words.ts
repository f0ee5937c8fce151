import {
  ACCESS_LEVEL_NAMES,
  type AccessLevel,
  EDGE_KIND_NAMES,
  type EdgeKind,
} from '#lib/ontology/edge-kinds.ts';
import { NODE_KIND_NAMES, type NodeKind, SENSITIVITIES, type Sensitivity } from '#lib/ontology/node-kinds.ts';
import type { Outcome } from '../facts.ts';

const snake = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

const NODE_WORDS = new Map<string, NodeKind>([
  ['user', 'person'],
  ['human', 'person'],
  ['employee', 'person'],
  ['app', 'integration'],
  ['application', 'service'],
  ['workload', 'service'],
  ['microservice', 'service'],
  ['bot', 'integration'],
  ['oauth_app', 'integration'],
  ['ai_agent', 'agent'],
  ['ci', 'pipeline'],
  ['machine', 'service_account'],
  ['machine_account', 'service_account'],
  ['service_principal', 'service_account'],
  ['managed_identity', 'service_account'],
  ['key', 'credential'],
  ['api_key', 'credential'],
  ['access_key', 'credential'],
  ['token', 'credential'],
  ['certificate', 'credential'],
  ['secret', 'credential'],
  ['database', 'resource'],
  ['bucket', 'resource'],
  ['api', 'resource'],
]);

/** Kind that a word of a spreadsheet means; undefined for an unknown word. */
export function nodeKindWord(word: string | undefined): NodeKind | undefined {
  if (word === undefined) return undefined;
  const name = snake(word);
  return NODE_KIND_NAMES.find((kind) => kind === name) ?? NODE_WORDS.get(name);
}

export function edgeKindWord(word: string | undefined): EdgeKind | undefined {
  return word === undefined ? undefined : EDGE_KIND_NAMES.find((kind) => kind === snake(word));
}

export function levelWord(word: string | undefined): AccessLevel | undefined {
  if (word === undefined) return undefined;
  const name = snake(word);
  const exact = ACCESS_LEVEL_NAMES.find((level) => level === name);
  if (exact !== undefined) return exact;
  if (/admin|owner|full|manage|^all$/.test(name)) return 'admin';
  if (/write|edit|modify|contribut|create|delete|update/.test(name)) return 'write';
  return /read|view|list|get|audit/.test(name) ? 'read' : undefined;
}

export function outcomeWord(word: string | undefined): Outcome | undefined {
  if (word === undefined) return 'allowed';
  const name = snake(word);
  if (/^(?:allow|success|succe|ok|true|yes|grant|permit|pass|0$|2\d\d$)/.test(name)) return 'allowed';
  if (/^(?:den|forbid|unauth|block|reject|40[13]$)/.test(name)) return 'denied';
  return /^(?:fail|error|false|no|[1-9]|timeout|abort)/.test(name) ? 'failed' : undefined;
}

export function sensitivityWord(word: string | undefined): Sensitivity | undefined {
  return word === undefined ? undefined : SENSITIVITIES.find((one) => one === snake(word));
}

export const isYes = (word: string | undefined): boolean =>
  word !== undefined && !/^(?:no|n|false|0|none|-)$/i.test(word.trim());
