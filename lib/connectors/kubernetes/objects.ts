import { isObject } from '#lib/core/json.ts';
import { RejectedRecord } from '../connector.ts';
import type { IsoTime } from '../facts.ts';
import { at, id, list, objects } from '../read-value.ts';
import { isoTime } from '../time.ts';

/** An API object as the input has it, with what every object has. */
export type ApiObject = {
  kind: string;
  name: string;
  /** Namespace stated in the object; null when none is. */
  namespace: string | null;
  createdAt: IsoTime | null;
  labels: unknown;
  annotations: unknown;
  body: Record<string, unknown>;
};

const OBJECTS_MAX = 100_000;
/** Longest name of an object (DNS subdomain, RFC 1123). */
const NAME_LENGTH_MAX = 253;

/** Objects of one record: itself, or the items of a `List` or of a typed list, whose items may lack `kind`. */
export function unwrap(value: unknown, kind: string | null = null): Record<string, unknown>[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.slice(0, OBJECTS_MAX).flatMap((item) => unwrap(item, kind));
  if (!isObject(value)) throw new RejectedRecord('the document is not an object');
  const own = typeof value['kind'] === 'string' ? value['kind'] : null;
  if (Array.isArray(value['items']) && (own === null || own.endsWith('List'))) {
    const itemKind = own === null || own === 'List' ? null : own.slice(0, -'List'.length);
    return objects(value['items']).flatMap((item) => unwrap(item, itemKind));
  }
  if (own !== null) return [value];
  const guess = kind ?? kindByShape(value);
  if (guess === null) throw new RejectedRecord('the object has no kind');
  return [{ ...value, kind: guess }];
}

/** Kind of an item of a raw API list, which leaves it out, where the shape allows only one. */
function kindByShape(value: Record<string, unknown>): string | null {
  const prefix = typeof at(value, 'metadata', 'namespace') === 'string' ? '' : 'Cluster';
  if (isObject(value['roleRef'])) return `${prefix}RoleBinding`;
  if (Array.isArray(value['rules'])) return `${prefix}Role`;
  if (Array.isArray(at(value, 'spec', 'containers'))) return 'Pod';
  return null;
}

export function readObject(body: Record<string, unknown>): ApiObject {
  const kind = id(body['kind'], 'kind');
  const name = id(at(body, 'metadata', 'name'), 'metadata.name', NAME_LENGTH_MAX);
  if (kind === undefined || name === undefined)
    throw new RejectedRecord('the object has no kind or no metadata.name');
  return {
    kind,
    name,
    namespace: id(at(body, 'metadata', 'namespace'), 'metadata.namespace', NAME_LENGTH_MAX) ?? null,
    createdAt: isoTime(at(body, 'metadata', 'creationTimestamp')),
    labels: at(body, 'metadata', 'labels'),
    annotations: at(body, 'metadata', 'annotations'),
    body,
  };
}

/** Value of one annotation or label, by its exact name. */
export function annotation(object: ApiObject, name: string): unknown {
  return isObject(object.annotations) && Object.hasOwn(object.annotations, name)
    ? object.annotations[name]
    : undefined;
}

/** The object that controls this one (`ownerReferences` with `controller: true`), e.g. a ReplicaSet's Deployment. */
export function controllerOf(object: ApiObject): { kind: string; name: string } | null {
  for (const reference of list(at(object.body, 'metadata', 'ownerReferences'))) {
    const kind = id(at(reference, 'kind'), 'ownerReferences.kind');
    const name = id(at(reference, 'name'), 'ownerReferences.name');
    if (at(reference, 'controller') === true && kind !== undefined && name !== undefined)
      return { kind, name };
  }
  return null;
}
