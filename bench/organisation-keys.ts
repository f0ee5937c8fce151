import type { NodeKind } from '#lib/ontology/node-kinds.ts';

/** Where a node of the generated organisation lives, and its canonical key there. */
export type Place = { key: string; provider: string; tenant: string; type?: string };

const account = (index: number) => String(100000000000 + (index % 40));
const cluster = (index: number) => `cluster-${index % 12}`;
const RESOURCE_TYPES = [
  'bucket',
  'datastore',
  'queue',
  'secret',
  'api',
  'function',
  'namespace',
  'repository',
] as const;

/** Keys are unique because each holds the number of its node. */
export function placeOf(kind: NodeKind, index: number, team: number): Place {
  const aws = (path: string) => ({
    key: `arn:aws:iam::${account(index)}:${path}`,
    provider: 'aws',
    tenant: account(index),
  });
  const backstage = (name: string) => ({
    key: `backstage://default/${name}`,
    provider: 'backstage',
    tenant: 'default',
  });
  switch (kind) {
    case 'team':
      return backstage(`group/team-${index}`);
    case 'person':
      return { key: `mailto:person-${index}@example.com`, provider: 'directory', tenant: 'example.com' };
    case 'service':
      return backstage(`component/service-${index}`);
    case 'agent':
      return {
        key: `agent://team-${team}.example.com/agent-${index}`,
        provider: 'agents',
        tenant: `team-${team}`,
      };
    case 'pipeline':
      return {
        key: `github://example/team-${team}/workflows/${index}`,
        provider: 'github',
        tenant: 'example',
      };
    case 'integration':
      return {
        key: `oauth://login.example.com/clients/app-${index}`,
        provider: 'oauth',
        tenant: 'login.example.com',
      };
    case 'service_account':
      return {
        key: `k8s://${cluster(index)}/serviceaccounts/team-${team}/sa-${index}`,
        provider: 'kubernetes',
        tenant: cluster(index),
      };
    case 'role':
      return aws(`role/team-${team}/role-${index}`);
    case 'group':
      return aws(`group/group-${index}`);
    case 'policy':
      return aws(`policy/policy-${index}`);
    case 'credential':
      return {
        key: `aws://access-keys/GEN${index}`,
        provider: 'aws',
        tenant: account(index),
        type: 'access_key',
      };
    case 'resource': {
      const type = RESOURCE_TYPES[index % RESOURCE_TYPES.length] ?? 'api';
      return {
        key: `arn:aws:${type}:eu-west-1:${account(index)}:r-${index}`,
        provider: 'aws',
        tenant: account(index),
        type,
      };
    }
  }
}
