import type { NodeFact } from '../facts.ts';
import type { Mention } from '../logged-use.ts';
import { field, id, objects } from '../read-value.ts';
import type { readFederations } from './credentials.ts';
import { user } from './directory.ts';
import type { Directory } from './directory-state.ts';

/** What proves to be an application's identity: its credentials, and outside identities that it lets in. */
export function writeProofs(
  directory: Directory,
  identity: Mention,
  credentials: readonly NodeFact[],
  federations: ReturnType<typeof readFederations>,
): void {
  for (const credential of credentials) {
    directory.sink.node(credential, directory.scope);
    directory.sink.edge({ from: credential.key, kind: 'authenticates', to: identity.key }, directory.scope);
  }
  for (const { subject, repository, qualifier, note } of federations) {
    directory.sink.node({ ...subject, standing: 'reference' });
    if (repository !== null) {
      directory.sink.node({ ...repository, standing: 'reference' });
      directory.sink.edge(
        { from: repository.key, kind: 'hosts', to: subject.key, qualifier: 'workflows' },
        directory.scope,
      );
    }
    const props = note === undefined ? {} : { props: { note } };
    directory.sink.edge(
      { from: subject.key, kind: 'assumes', to: identity.key, qualifier, ...props },
      directory.scope,
    );
  }
}

export function ownersOf(directory: Directory, value: Record<string, unknown>): Mention[] {
  return objects(field(value, 'owners')).flatMap((owner) => {
    const objectId = id(field(owner, 'id'), 'owner id');
    const found = user(
      directory.tenant,
      objectId,
      id(field(owner, 'userPrincipalName'), 'userPrincipalName'),
    );
    return found === undefined ? [] : [found];
  });
}

/** An owner of an application can add a secret to it, and so become it: both a claim and a technique. */
export function writeOwners(
  directory: Directory,
  owners: readonly Mention[],
  nodes: readonly string[],
  identity: Mention,
): void {
  for (const owner of owners) {
    directory.sink.node({ ...owner, standing: 'reference' });
    for (const node of nodes) {
      directory.sink.claim(
        {
          owner: owner.key,
          node,
          basis: 'directory',
          evidence: 'owners of the Entra object',
          confidence: 0.8,
        },
        directory.scope,
      );
    }
    directory.sink.edge(
      {
        from: owner.key,
        kind: 'escalates',
        to: identity.key,
        qualifier: 'add a secret to the application it owns',
        props: {
          technique: 'entra-owner-adds-secret',
          reference: 'https://attack.mitre.org/techniques/T1098/001/',
        },
      },
      directory.scope,
    );
  }
}
