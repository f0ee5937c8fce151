import { k8sKey } from '#lib/core/keys.ts';
import type { FactSink } from '../connector.ts';
import { bindingName } from '../kubernetes/rbac.ts';
import { groupSubject, serviceAccount, type Subject, userSubject } from '../kubernetes/subjects.ts';

const REASON =
  /^RBAC: allowed by (RoleBinding|ClusterRoleBinding) "([^"]+)" of (Role|ClusterRole) "([^"]+)" to (User|Group|ServiceAccount) "([^"]+)"$/;

/**
 * The binding that the API server names as its reason for allowing a request: direct evidence of an `attached` edge, told
 * apart from others as the inventory tells it. Namespaced names are written `NAME/NAMESPACE` there.
 */
export function writeAuthority(sink: FactSink, cluster: string, reason: string): void {
  const match = REASON.exec(reason);
  if (match === null) return;
  const [, bindingKind = '', bindingText = '', roleKind, role = '', subjectKind = '', subjectText = ''] =
    match;
  const [binding = '', namespace] = bindingText.split('/');
  const place = bindingKind === 'RoleBinding' ? (namespace ?? null) : null;
  const subject = subjectOf(cluster, subjectKind, subjectText);
  const policy = k8sKey(cluster, roleKind === 'Role' ? 'roles' : 'clusterroles', place, role);
  sink.node({ ...subject, standing: 'log' });
  sink.node({
    key: policy,
    kind: 'policy',
    standing: 'log',
    provider: 'kubernetes',
    tenant: cluster,
    name: role,
  });
  sink.edge({
    from: subject.key,
    kind: 'attached',
    to: policy,
    qualifier: bindingName(bindingKind, place, binding),
    props: { evidence: 'the audit log names this binding as the reason for allowing a request' },
  });
}

function subjectOf(cluster: string, kind: string, text: string): Subject {
  if (kind === 'Group') return groupSubject(cluster, text);
  if (kind === 'User') return userSubject(cluster, text);
  const [name = '', namespace = 'default'] = text.split('/');
  return serviceAccount(cluster, namespace, name);
}
