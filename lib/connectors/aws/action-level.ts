import type { AccessLevel } from '#lib/ontology/edge-kinds.ts';
import { ACCESS_LEVELS } from '#lib/ontology/edge-kinds.ts';
import {
  ADMIN_PATTERNS,
  ADMIN_SERVICES,
  CHANGE_VERBS,
  EXCEPTIONS,
  READ_VERBS,
  USE_VERBS,
} from './action-words.ts';
import { hasWildcard, overlaps } from './glob.ts';

const cache = new Map<string, AccessLevel>();
const CACHE_MAX = 20_000;

/**
 * The access level that an action (`s3:GetObject`) or a pattern of actions (`s3:Get*`) needs or gives. For a pattern
 * it is the highest level that an action meant by it can have, so that nothing is understated.
 */
export function actionLevel(action: string): AccessLevel {
  const known = cache.get(action);
  if (known !== undefined) return known;
  const level = classify(action.toLowerCase());
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(action, level);
  return level;
}

function classify(action: string): AccessLevel {
  const exception = EXCEPTIONS.get(action);
  if (exception !== undefined) return exception;
  const colon = action.indexOf(':');
  const service = action.slice(0, Math.max(colon, 0));
  const operation = action.slice(colon + 1);
  const verb = operation.split(/[*?]/, 1)[0] ?? '';
  const open = hasWildcard(operation);
  if (open && verb === '') return operation === '*' || !isNarrow(operation) ? 'admin' : 'write';
  const level = open ? openLevel(verb) : plainLevel(verb);
  if (level === 'read') return 'read';
  if (ADMIN_SERVICES.has(service)) return level === 'use' ? 'use' : 'admin';
  if (ADMIN_PATTERNS.some((pattern) => isSameAction(pattern, service, operation))) return 'admin';
  for (const [name, higher] of EXCEPTIONS) {
    if (open && isSameAction(name, service, operation) && ACCESS_LEVELS[higher] > ACCESS_LEVELS[level])
      return higher;
  }
  return level;
}

/** Compared part by part, so that a wildcard never reads over the colon. */
function isSameAction(pattern: string, service: string, operation: string): boolean {
  const colon = pattern.indexOf(':');
  return overlaps(pattern.slice(0, colon), service) && overlaps(pattern.slice(colon + 1), operation);
}

/** `*Object` and the like: no verb, yet the end names things that carry no permissions of their own. */
const isNarrow = (operation: string): boolean =>
  /[a-z]{4,}$/.test(operation) && !/polic|acl|permission|grant/.test(operation);

function plainLevel(verb: string): AccessLevel {
  if (READ_VERBS.some((prefix) => verb.startsWith(prefix))) return 'read';
  return USE_VERBS.some((prefix) => verb.startsWith(prefix)) ? 'use' : 'write';
}

function openLevel(verb: string): AccessLevel {
  if (CHANGE_VERBS.some((word) => word.startsWith(verb) || verb.startsWith(word)))
    return plainLevel(verb) === 'read' ? 'read' : 'write';
  if (USE_VERBS.some((word) => word.startsWith(verb) || verb.startsWith(word))) return 'use';
  return plainLevel(verb) === 'read' || READ_VERBS.some((word) => word.startsWith(verb)) ? 'read' : 'write';
}
