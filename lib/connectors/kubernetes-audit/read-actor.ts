import { awsAccessKeyKey, awsKey } from '#lib/core/keys.ts';
import type { EdgeFact, NodeFact, UsageEvent } from '../facts.ts';
import { at, field, list, requiredId, text } from '../read-value.ts';
import { type Subject, userSubject } from '../kubernetes/subjects.ts';

export type Actor = {
  subject: Subject;
  /** Fields of the usage event that the identity decides. */
  fields: Pick<UsageEvent, 'session' | 'credential' | 'onBehalfOf' | 'chain'>;
  nodes: NodeFact[];
  edges: EdgeFact[];
};

/** One value of `user.extra`, whose values are lists; some exporters rewrite `/` in the names. */
function extra(user: unknown, name: string): string | undefined {
  const extras = field(user, 'extra');
  const value = at(extras, name) ?? at(extras, name.replaceAll('.', '_').replaceAll('/', '_slash_'));
  return text(list(value)[0]);
}

/**
 * Who made the request. Under impersonation the actor is the authenticated user and acts for the impersonated one. On
 * EKS the IAM principal behind the user is known: it may act as the user, as the cluster's mapping says.
 */
export function readActor(cluster: string, event: Record<string, unknown>): Actor {
  const user = field(event, 'user');
  const subject = userSubject(cluster, requiredId(field(user, 'username'), 'user.username'));
  const actor: Actor = { subject, fields: {}, nodes: [{ ...subject, standing: 'log' }], edges: [] };
  const impersonated = text(at(event, 'impersonatedUser', 'username'));
  if (impersonated !== undefined) {
    const behalf = userSubject(cluster, impersonated);
    actor.nodes.push({ ...behalf, standing: 'log' });
    actor.fields.onBehalfOf = behalf.key;
    actor.fields.chain = [subject.key, behalf.key];
  }
  addAws(actor, user);
  const credential = extra(user, 'authentication.kubernetes.io/credential-id');
  if (credential !== undefined) actor.fields.session ??= credential;
  return actor;
}

function addAws(actor: Actor, user: unknown): void {
  const accessKey = extra(user, 'accessKeyId');
  const arn = extra(user, 'canonicalArn') ?? extra(user, 'arn');
  const principal = arn === undefined ? undefined : awsPrincipal(awsKey(arn));
  if (accessKey?.startsWith('ASIA')) actor.fields.session = accessKey;
  if (principal === undefined) return;
  actor.nodes.push(principal);
  actor.edges.push({
    from: principal.key,
    kind: 'assumes',
    to: actor.subject.key,
    qualifier: 'EKS access entry',
    props: { evidence: 'user.extra of the audit log names the IAM principal' },
  });
  if (accessKey?.startsWith('AKIA')) {
    const key = awsAccessKeyKey(accessKey);
    actor.nodes.push({
      key,
      kind: 'credential',
      standing: 'log',
      provider: 'aws',
      type: 'access_key',
      name: accessKey,
    });
    actor.edges.push({ from: key, kind: 'authenticates', to: principal.key });
    actor.fields.credential = key;
  }
}

function awsPrincipal(arn: string): NodeFact | undefined {
  const match = /^arn:aws[a-z-]*:iam::(\d+):(role|user)\/(?:.*\/)?([^/]+)$/.exec(arn);
  if (match === null) return undefined;
  const [, tenant = '', type, name = arn] = match;
  return {
    key: arn,
    kind: type === 'role' ? 'role' : 'service_account',
    standing: 'log',
    provider: 'aws',
    tenant,
    name,
  };
}
