import { isObject } from '#lib/core/json.ts';
import { entraKey, personKey } from '#lib/core/keys.ts';
import type { Mention } from '../logged-use.ts';
import { at, field, id, objects, requiredId, text } from '../read-value.ts';
import { located, user } from './directory.ts';
import type { Directory } from './directory-state.ts';
import { statePrincipal } from './read-applications.ts';

export function readUser(directory: Directory, value: Record<string, unknown>): void {
  const objectId = requiredId(field(value, 'id'), 'id');
  const principalName = id(field(value, 'userPrincipalName'), 'userPrincipalName');
  const found = user(directory.tenant, objectId, text(field(value, 'displayName'), 200) ?? principalName);
  if (found === undefined) return;
  directory.know(objectId, found);
  if (principalName?.includes('@')) directory.sink.alias({ alias: found.key, key: personKey(principalName) });
}

export function readGroup(directory: Directory, value: Record<string, unknown>): void {
  const objectId = requiredId(field(value, 'id'), 'id');
  const found: Mention = {
    key: entraKey(directory.tenant, 'groups', objectId),
    kind: 'group',
    name: text(field(value, 'displayName'), 200) ?? objectId,
    ...located(directory.tenant),
  };
  directory.know(objectId, found);
  const members = objects(field(value, 'members')).map((member) => id(field(member, 'id'), 'member id'));
  directory.defer(() => {
    for (const member of members) {
      if (member === undefined) continue;
      const from = directory.resolve(member);
      directory.sink.node({ ...from, standing: 'reference' });
      directory.sink.edge({ from: from.key, kind: 'member_of', to: found.key }, directory.scope);
    }
  });
}

export function readById(directory: Directory, members: Record<string, unknown>): void {
  const users = field(members, 'privileged_users');
  for (const [objectId, one] of isObject(users) ? Object.entries(users) : []) {
    const found = user(directory.tenant, id(objectId, 'user id'), text(at(one, 'displayName'), 200));
    if (found !== undefined) directory.know(objectId, found);
  }
  const principals = field(members, 'privileged_service_principals');
  for (const one of isObject(principals) ? Object.values(principals) : []) {
    const objectId = id(at(one, 'servicePrincipalId'), 'servicePrincipalId');
    if (objectId !== undefined && isObject(one)) statePrincipal(directory, objectId, one);
  }
}
