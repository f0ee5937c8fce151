import { isObject } from '#lib/core/json.ts';
import { at, embeddedJson, field, list, text } from '../read-value.ts';

/** An audit event in the API server's own form, with the cluster where the wrapping names it. */
export type AuditRecord = { event: Record<string, unknown>; cluster: string | null };

/**
 * Takes the event out of what a cloud wraps it in: AKS keeps it as JSON text in `properties.log`, CloudWatch and other
 * shippers in `message`, GKE writes Cloud Audit Logs in its stead. Null when there is none.
 */
export function unwrapEvent(value: unknown): AuditRecord | null {
  if (!isObject(value)) return null;
  const payload = field(value, 'protoPayload');
  if (isObject(payload)) return gkeEvent(value, payload);
  const log =
    at(value, 'properties', 'log') ??
    (field(value, 'auditID') === undefined ? field(value, 'message') : undefined);
  if (log === undefined) return { event: value, cluster: null };
  const inner = embeddedJson(log);
  return isObject(inner) ? { event: inner, cluster: aksCluster(value) } : null;
}

/** Last part of `/SUBSCRIPTIONS/…/MANAGEDCLUSTERS/NAME`. */
function aksCluster(value: Record<string, unknown>): string | null {
  const resource = text(field(value, 'resourceId'));
  return resource === undefined ? null : resource.slice(resource.lastIndexOf('/') + 1).toLowerCase();
}

const METHOD = /^io\.k8s\.(?:[\w.-]+\.)?v\w+\.([\w-]+)(?:\.([\w-]+))?\.(\w+)$/;

/** https://cloud.google.com/kubernetes-engine/docs/how-to/audit-logging: method `io.k8s.core.v1.pods.exec.create`. */
function gkeEvent(entry: Record<string, unknown>, payload: Record<string, unknown>): AuditRecord | null {
  const method = METHOD.exec(text(field(payload, 'methodName')) ?? '');
  if (method === null) return null;
  const [, resource = '', subresource, verb = ''] = method;
  const name = text(field(payload, 'resourceName')) ?? '';
  const place = /(?:^|\/)namespaces\/([^/]+)(?:\/[^/]+\/([^/]+))?/.exec(name);
  const code = at(payload, 'status', 'code');
  const granted = at(list(field(payload, 'authorizationInfo'))[0], 'granted');
  return {
    cluster: text(at(entry, 'resource', 'labels', 'cluster_name')) ?? null,
    event: {
      auditID: field(entry, 'insertId'),
      stage: 'ResponseComplete',
      verb,
      user: { username: at(payload, 'authenticationInfo', 'principalEmail') },
      objectRef: { resource, subresource, namespace: place?.[1], name: place?.[2], apiGroup: groupOf(name) },
      sourceIPs: [at(payload, 'requestMetadata', 'callerIp')],
      userAgent: at(payload, 'requestMetadata', 'callerSuppliedUserAgent'),
      requestReceivedTimestamp: field(entry, 'timestamp'),
      responseStatus: { code: code === undefined || code === 0 ? 200 : code === 7 ? 403 : 500 },
      annotations:
        field(entry, 'labels') ?? (granted === false ? { 'authorization.k8s.io/decision': 'forbid' } : {}),
    },
  };
}

/** `core/v1/namespaces/…` and `apps/v1/…`: the first part is the API group. */
function groupOf(resourceName: string): string | undefined {
  const group = resourceName.split('/')[0];
  return group === 'core' || group === '' ? undefined : group;
}
