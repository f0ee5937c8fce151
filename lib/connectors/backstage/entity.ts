import { isObject } from '#lib/core/json.ts';
import { backstageKey } from '#lib/core/keys.ts';
import type { NodeKind } from '#lib/ontology/node-kinds.ts';
import { RejectedRecord } from '../connector.ts';
import { at, id, requiredId, text } from '../read-value.ts';

/** Reference to an entity, as `[kind:][namespace/]name` says it; parts compare without regard to case. */
export type Reference = { kind: string; namespace: string; name: string };

export type Entity = Reference & { metadata: Record<string, unknown>; spec: Record<string, unknown> };

export const keyOf = (reference: Reference): string =>
  backstageKey(reference.namespace, reference.kind, reference.name);

/** An entity envelope (https://backstage.io/docs/features/software-catalog/descriptor-format); RejectedRecord for anything else. */
export function readEntity(value: unknown): Entity {
  if (!isObject(value)) throw new RejectedRecord('the document is not an object');
  const version = value['apiVersion'];
  if (typeof version !== 'string' || !version.includes('backstage')) {
    throw new RejectedRecord('apiVersion does not name Backstage');
  }
  const metadata = isObject(value['metadata']) ? value['metadata'] : {};
  return {
    kind: requiredId(value['kind'], 'kind'),
    namespace: id(metadata['namespace'], 'metadata.namespace') ?? 'default',
    name: requiredId(metadata['name'], 'metadata.name'),
    metadata,
    spec: isObject(value['spec']) ? value['spec'] : {},
  };
}

/**
 * Reads a reference. What it leaves out depends on the field: the kind that the field defaults to, and the namespace of
 * the entity that refers. Null for what is no reference.
 */
export function readReference(value: unknown, defaultKind: string, from: Entity): Reference | null {
  if (isObject(value)) {
    const name = id(value['name'], 'reference');
    if (name === undefined) return null;
    const kind = id(value['kind'], 'reference') ?? defaultKind;
    return { kind, namespace: id(value['namespace'], 'reference') ?? from.namespace, name };
  }
  const written = id(value, 'reference');
  if (written === undefined) return null;
  const match = /^(?:([^:/]+):)?(?:([^:/]+)\/)?([^:/]+)$/.exec(written);
  if (match === null) return null;
  const [, kind = defaultKind, namespace = from.namespace, name = ''] = match;
  return { kind, namespace, name };
}

/** What a catalogue kind is in the trust graph; null for kinds that say nothing of trust (Location, Template). */
export function nodeKindOf(
  kind: string,
  spec?: Record<string, unknown>,
): { kind: NodeKind; type?: string } | null {
  switch (kind.toLowerCase()) {
    case 'component':
      return /^(?:ai-?)?agent$/i.test(text(at(spec, 'type')) ?? '') ? { kind: 'agent' } : { kind: 'service' };
    case 'api':
      return { kind: 'resource', type: 'api' };
    case 'resource':
      return { kind: 'resource' };
    case 'system':
    case 'domain':
      return { kind: 'resource', type: kind.toLowerCase() };
    case 'group':
      return { kind: 'team' };
    case 'user':
      return { kind: 'person' };
    case 'agent':
    case 'aiagent':
      return { kind: 'agent' };
    case 'mcpserver':
      return { kind: 'resource', type: 'mcp_server' };
    default:
      return null;
  }
}
