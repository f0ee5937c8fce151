import { isObject } from '#lib/core/json.ts';
import { awsKey, entraAppKey, gcpServiceAccountKey, k8sKey } from '#lib/core/keys.ts';
import type { NodeFact } from '../facts.ts';
import { text } from '../read-value.ts';

const AWS_ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;
const GOOGLE = /^[a-z0-9][\w.-]*@[\w.-]+\.gserviceaccount\.com$/i;
const KUBERNETES = /^system:serviceaccount:([^:\s]+):([^:\s]+)$/;
const SPIFFE = /^spiffe:\/\/[^/\s]+\/\S+$/;
const ENTRA_CLIENT = 'azure.workload.identity/client-id';

/**
 * Identities that the annotations of a component name by their own form: an IAM role ARN, a Google service account's
 * address, a Kubernetes service account's user name, a SPIFFE id, an Entra client id. Never by a display name.
 */
export function namedIdentities(annotations: unknown): { node: NodeFact; annotation: string }[] {
  if (!isObject(annotations)) return [];
  const cluster = text(annotations['backstage.io/kubernetes-cluster']) ?? 'default';
  const found: { node: NodeFact; annotation: string }[] = [];
  for (const [name, value] of Object.entries(annotations)) {
    const content = text(value, 2000);
    if (content === undefined) continue;
    for (const part of content
      .split(/[\s,]+/)
      .filter((one) => one.length <= 700)
      .slice(0, 20)) {
      const node = identityOf(name, part, cluster);
      if (node !== null) found.push({ node, annotation: text(name, 200) ?? 'annotation' });
    }
  }
  return found;
}

function identityOf(annotation: string, value: string, cluster: string): NodeFact | null {
  const standing = 'reference';
  if (AWS_ROLE.test(value)) {
    const name = value.slice(value.lastIndexOf('/') + 1);
    return {
      key: awsKey(value),
      kind: 'role',
      standing,
      provider: 'aws',
      tenant: value.split(':')[4] ?? '',
      name,
    };
  }
  if (GOOGLE.test(value)) {
    return {
      key: gcpServiceAccountKey(value),
      kind: 'service_account',
      standing,
      provider: 'gcp',
      name: value,
    };
  }
  const account = KUBERNETES.exec(value);
  if (account) {
    const [, namespace = '', name = ''] = account;
    const key = k8sKey(cluster, 'serviceaccounts', namespace, name);
    return {
      key,
      kind: 'service_account',
      standing,
      provider: 'kubernetes',
      tenant: cluster,
      name: `${namespace}/${name}`,
    };
  }
  if (SPIFFE.test(value))
    return { key: value, kind: 'service_account', standing, provider: 'spiffe', name: value };
  if (annotation === ENTRA_CLIENT) {
    return { key: entraAppKey(value), kind: 'service_account', standing, provider: 'entra', name: value };
  }
  return null;
}
