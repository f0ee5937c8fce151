import { entraKey } from '#lib/core/keys.ts';
import { field, objects, requiredId, text } from '../read-value.ts';
import { isoTime } from '../time.ts';
import { located, tenantResource } from './directory.ts';
import type { Directory } from './directory-state.ts';

export function readRole(directory: Directory, value: Record<string, unknown>): void {
  const template = requiredId(field(value, 'roleTemplateId'), 'roleTemplateId');
  const name = text(field(value, 'displayName'), 200);
  for (const assignment of objects(field(value, 'assignments')))
    readRoleAssignment(directory, assignment, template, name);
}

export function readRoleAssignment(
  directory: Directory,
  value: Record<string, unknown>,
  template: string,
  name: string | undefined,
): void {
  const principal = requiredId(field(value, 'principalId'), 'principalId');
  const scope = text(field(value, 'directoryScopeId'), 200) ?? '/';
  const end = isoTime(field(value, 'endDateTime'));
  const isEligible = /eligible/i.test(text(field(value, 'assignmentType')) ?? '');
  directory.defer(() => {
    const identity = directory.resolve(principal);
    const key = entraKey(directory.tenant, 'roles', template);
    directory.sink.node({ ...identity, standing: 'reference' });
    directory.sink.node({
      key,
      kind: 'policy',
      standing: 'reference',
      type: 'directory_role',
      managed: true,
      name: name ?? template,
      ...located(directory.tenant),
    });
    const tenant = tenantResource(directory.tenant);
    directory.sink.node({ ...tenant, standing: 'reference' });
    directory.sink.edge(
      {
        from: key,
        kind: 'grants',
        to: tenant.key,
        level: /reader/i.test(name ?? '') ? 'read' : 'admin',
        qualifier: name ?? template,
      },
      directory.scope,
    );
    directory.sink.edge(
      {
        from: identity.key,
        kind: 'attached',
        to: key,
        qualifier: scope === '/' ? 'whole directory' : scope,
        ...(isEligible ? { conditional: true } : {}),
        props: {
          permanent: end === null,
          ...(end === null ? {} : { ends: end }),
          ...(isEligible ? { condition: 'must be activated' } : {}),
        },
      },
      directory.scope,
    );
  });
}
