import { isObject } from '#lib/core/json.ts';
import { entraKey, personKey } from '#lib/core/keys.ts';
import {
  type Connector,
  type FactSink,
  type ReadContext,
  type Reader,
  RejectedRecord,
  type Sample,
  type SourceRecord,
} from '../connector.ts';
import type { NodeFact } from '../facts.ts';
import type { Mention } from '../logged-use.ts';
import { at, field, id, list, objects, requiredId, text } from '../read-value.ts';
import { isoTime } from '../time.ts';
import { readCredentials, readFederations } from './credentials.ts';
import {
  api,
  appAliases,
  appIdentity,
  located,
  servicePrincipal,
  tenantResource,
  unresolved,
  user,
} from './directory.ts';
import { PERMISSIONS_REFERENCE, permissionLevel, TAKEOVER_PERMISSIONS } from './permissions.ts';
import { objectType, type ObjectType } from './object-type.ts';

/** Lists of the posture export whose elements are records. */
const POSTURE_LISTS = [
  'privileged_roles',
  'risky_applications',
  'risky_third_party_service_principals',
  'dedicated_exchange_hybrid_applications',
] as const;

/**
 * Microsoft Graph objects (applications, service principals, assignments, grants, users, groups) and the posture export of
 * ScubaGear (docs/formats/entra.md). The tenant is the one that the input names, else `defaults.tenant`.
 */
export const entra: Connector = {
  name: 'entra',
  title: 'Microsoft Entra objects',
  kind: 'inventory',
  syntax: ['json'],
  lists: ['value', ...POSTURE_LISTS],
  recognise,
  open: (sink, context) => new EntraReader(sink, context),
};

function recognise(sample: Sample): number {
  const keys = new Set(sample.keys.map((key) => key.toLowerCase()));
  if (keys.has('privileged_roles') || keys.has('risky_applications')) return 1;
  const listed = list(field(sample.first, 'value'))[0] ?? sample.first;
  if (text(field(sample.first, '@odata.context'))?.startsWith('https://graph.microsoft.com/') === true)
    return 0.9;
  const type = isObject(listed) ? objectType(listed, null) : null;
  if (type !== null && type !== 'user' && type !== 'group') return 0.85;
  if (type !== null) return 0.6;
  return /"(?:privileged_roles|risky_applications)"\s*:/.test(sample.head) ? 0.9 : 0;
}

type Grant = {
  principal: string;
  resource: string | undefined;
  resourceName: string | undefined;
  role: string;
  name: string | undefined;
};

class EntraReader implements Reader {
  readonly #sink: FactSink;
  readonly #tenant: string;
  readonly #scope: string;
  readonly #complete: boolean;
  /** Keys of principals by object id, and of service principals by client id. */
  readonly #principals = new Map<string, Mention>();
  readonly #byAppId = new Map<string, Mention>();
  readonly #roleNames = new Map<string, string>();
  readonly #deferred: (() => void)[] = [];

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#tenant = (context.defaults.tenant ?? 'default').toLowerCase();
    this.#scope = `entra:${this.#tenant}`;
    this.#complete = context.complete;
  }

  record(record: SourceRecord): void {
    if (!isObject(record.value)) throw new RejectedRecord('the record is not an object');
    this.#object(record.value, record.list);
  }

  /** Members of the posture export that are objects by id, or lists of one that its writer collapsed. */
  envelope(members: Record<string, unknown>): void {
    for (const name of POSTURE_LISTS) {
      const collapsed = members[name];
      if (isObject(collapsed)) this.#object(collapsed, name);
    }
    this.#byId(members);
  }

  end(): void {
    for (const write of this.#deferred) write();
    this.#sink.scope({ scope: this.#scope, complete: this.#complete });
  }

  #object(value: Record<string, unknown>, listName: string | null): void {
    const type = objectType(value, listName);
    if (type === null)
      throw new RejectedRecord('the object is of no known Graph type, or names no principal');
    const readers: Record<ObjectType, () => void> = {
      application: () => this.#application(value),
      servicePrincipal: () => this.#servicePrincipal(value),
      appRoleAssignment: () => this.#appRoleAssignment(value),
      permissionGrant: () => this.#permissionGrant(value),
      roleAssignment: () =>
        this.#roleAssignment(value, requiredId(field(value, 'roleDefinitionId'), 'role'), undefined),
      role: () => this.#role(value),
      user: () => this.#user(value),
      group: () => this.#group(value),
      riskyApplication: () => this.#risky(value),
      hybridApplications: () => objects(field(value, 'apps')).forEach((one) => this.#risky(one)),
      permissionNames: () => this.#permissionNames(value),
      posture: () => this.#posture(value),
    };
    readers[type]();
  }

  #posture(value: Record<string, unknown>): void {
    for (const name of POSTURE_LISTS) {
      for (const one of objects(field(value, name))) this.#object(one, name);
    }
    this.#byId(value);
  }

  #byId(members: Record<string, unknown>): void {
    const users = field(members, 'privileged_users');
    for (const [objectId, one] of isObject(users) ? Object.entries(users) : []) {
      const found = user(this.#tenant, id(objectId, 'user id'), text(at(one, 'displayName'), 200));
      if (found !== undefined) this.#know(objectId, found);
    }
    const principals = field(members, 'privileged_service_principals');
    for (const one of isObject(principals) ? Object.values(principals) : []) {
      const objectId = id(at(one, 'servicePrincipalId'), 'servicePrincipalId');
      if (objectId !== undefined && isObject(one)) this.#principalOf(objectId, one);
    }
  }

  #application(value: Record<string, unknown>): void {
    const objectId = requiredId(field(value, 'id'), 'id');
    const appId = requiredId(field(value, 'appId'), 'appId');
    const name = text(field(value, 'displayName'), 200) ?? appId;
    const created = isoTime(field(value, 'createdDateTime'));
    const key = entraKey(this.#tenant, 'applications', objectId);
    this.#sink.node(
      {
        key,
        kind: 'resource',
        standing: 'inventory',
        type: 'application',
        name,
        ...located(this.#tenant),
        ...(created === null ? {} : { createdAt: created }),
        props: {
          appId,
          multiTenant: /multiple/i.test(text(field(value, 'signInAudience')) ?? ''),
          requestedPermissions: requested(value),
        },
      },
      this.#scope,
    );
    const credentials = readCredentials(this.#tenant, appId, value);
    const federations = readFederations(value);
    const owners = this.#owners(value);
    this.#deferred.push(() => {
      const identity = this.#identityOf(appId, name);
      this.#sink.edge(
        { from: key, kind: 'hosts', to: identity.key, qualifier: 'may add a credential' },
        this.#scope,
      );
      this.#proofs(identity, credentials, federations);
      this.#own(owners, [key, identity.key], identity);
    });
  }

  #servicePrincipal(value: Record<string, unknown>): void {
    const objectId = requiredId(field(value, 'id'), 'id');
    const appId = id(field(value, 'appId'), 'appId') ?? objectId;
    const identity = this.#principalOf(objectId, value);
    for (const one of objects(field(value, 'appRoles'))) this.#learn(one);
    for (const one of objects(field(value, 'oauth2PermissionScopes'))) this.#learn(one);
    const credentials = readCredentials(this.#tenant, appId, value);
    const federations = readFederations(value);
    const owners = this.#owners(value);
    this.#deferred.push(() => {
      this.#proofs(identity, credentials, federations);
      this.#own(owners, [identity.key], identity);
    });
  }

  #principalOf(objectId: string, value: Record<string, unknown>): Mention {
    const appId = id(field(value, 'appId'), 'appId');
    const owner = id(field(value, 'appOwnerOrganizationId'), 'appOwnerOrganizationId')?.toLowerCase();
    const isManaged = /^managedidentity$/i.test(text(field(value, 'servicePrincipalType')) ?? '');
    const isForeign = owner !== undefined && this.#tenant !== 'default' && owner !== this.#tenant;
    const created = isoTime(field(value, 'createdDateTime'));
    const found: Mention = {
      ...servicePrincipal(this.#tenant, objectId, text(field(value, 'displayName'), 200)),
      ...(isForeign ? { kind: 'integration' as const, zone: `entra:${owner}` } : {}),
      ...(isManaged ? { type: 'managed_identity' } : {}),
      ...(created === null ? {} : { createdAt: created }),
      props: {
        ...(appId === undefined ? {} : { appId }),
        ...(owner === undefined ? {} : { ownerTenant: owner }),
      },
    };
    this.#know(objectId, found);
    if (appId === undefined) return found;
    this.#byAppId.set(appId.toLowerCase(), found);
    for (const alias of appAliases(this.#tenant, appId)) this.#sink.alias({ alias, key: found.key });
    return found;
  }

  #proofs(
    identity: Mention,
    credentials: readonly NodeFact[],
    federations: ReturnType<typeof readFederations>,
  ): void {
    for (const credential of credentials) {
      this.#sink.node(credential, this.#scope);
      this.#sink.edge({ from: credential.key, kind: 'authenticates', to: identity.key }, this.#scope);
    }
    for (const { subject, qualifier, note } of federations) {
      this.#sink.node({ ...subject, standing: 'reference' });
      const props = note === undefined ? {} : { props: { note } };
      this.#sink.edge(
        { from: subject.key, kind: 'assumes', to: identity.key, qualifier, ...props },
        this.#scope,
      );
    }
  }

  #owners(value: Record<string, unknown>): Mention[] {
    return objects(field(value, 'owners')).flatMap((owner) => {
      const objectId = id(field(owner, 'id'), 'owner id');
      const found = user(this.#tenant, objectId, id(field(owner, 'userPrincipalName'), 'userPrincipalName'));
      return found === undefined ? [] : [found];
    });
  }

  /** An owner of an application can add a secret to it, and so become it: both a claim and a technique. */
  #own(owners: readonly Mention[], nodes: readonly string[], identity: Mention): void {
    for (const owner of owners) {
      this.#sink.node({ ...owner, standing: 'reference' });
      for (const node of nodes) {
        this.#sink.claim(
          {
            owner: owner.key,
            node,
            basis: 'directory',
            evidence: 'owners of the Entra object',
            confidence: 0.8,
          },
          this.#scope,
        );
      }
      this.#sink.edge(
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
        this.#scope,
      );
    }
  }

  #appRoleAssignment(value: Record<string, unknown>): void {
    const grant: Grant = {
      principal: requiredId(field(value, 'principalId'), 'principalId'),
      resource: id(field(value, 'resourceId'), 'resourceId'),
      resourceName: id(field(value, 'resourceDisplayName'), 'resourceDisplayName'),
      role: requiredId(field(value, 'appRoleId'), 'appRoleId').toLowerCase(),
      name: id(field(value, 'roleDisplayName'), 'roleDisplayName'),
    };
    this.#deferred.push(() => {
      const name =
        grant.name ??
        this.#roleNames.get(grant.role) ??
        (/^[0-]+$/.test(grant.role) ? 'default access' : grant.role);
      this.#permission(
        this.#resolve(grant.principal),
        api(this.#tenant, grant.resource, grant.resourceName),
        name,
        {},
      );
    });
  }

  #permissionGrant(value: Record<string, unknown>): void {
    const client = requiredId(field(value, 'clientId'), 'clientId');
    const resource = id(field(value, 'resourceId'), 'resourceId');
    const onlyFor = id(field(value, 'principalId'), 'principalId');
    const scopes = (text(field(value, 'scope'), 2000) ?? '')
      .split(/\s+/)
      .filter((scope) => scope !== '')
      .slice(0, 200);
    this.#deferred.push(() => {
      const identity = this.#resolve(client);
      const note = onlyFor === undefined ? 'for any user of the tenant' : 'for one user';
      for (const scope of scopes) {
        this.#permission(identity, api(this.#tenant, resource, undefined), scope.slice(0, 200), {
          delegated: note,
        });
      }
      if (onlyFor === undefined) return;
      const behalf = this.#resolve(onlyFor);
      this.#sink.node({ ...behalf, standing: 'reference' });
      const qualifier = `delegated: ${scopes.join(' ')}`.slice(0, 400);
      this.#sink.edge(
        { from: identity.key, kind: 'assumes', to: behalf.key, qualifier, conditional: true },
        this.#scope,
      );
    });
  }

  /** A permission on an API; one used on behalf of a user is conditional on the user's presence and own rights. */
  #permission(principal: Mention, resource: Mention, name: string, of: { delegated?: string }): void {
    this.#sink.node({ ...principal, standing: 'reference' });
    this.#sink.node({ ...resource, standing: 'reference' });
    this.#sink.edge(
      {
        from: principal.key,
        kind: 'grants',
        to: resource.key,
        level: permissionLevel(name),
        qualifier: of.delegated === undefined ? name : `${name} (delegated)`,
        ...(of.delegated === undefined
          ? {}
          : { conditional: true, props: { condition: `on behalf of a user, ${of.delegated}` } }),
      },
      this.#scope,
    );
    const how = TAKEOVER_PERMISSIONS.get(name);
    if (how === undefined || of.delegated !== undefined) return;
    const tenant = tenantResource(this.#tenant);
    this.#sink.node({ ...tenant, standing: 'reference' });
    const props = { technique: `entra-${name}`, reference: PERMISSIONS_REFERENCE };
    this.#sink.edge(
      { from: principal.key, kind: 'grants', to: tenant.key, level: 'admin', qualifier: how, props },
      this.#scope,
    );
  }

  #role(value: Record<string, unknown>): void {
    const template = requiredId(field(value, 'roleTemplateId'), 'roleTemplateId');
    const name = text(field(value, 'displayName'), 200);
    for (const assignment of objects(field(value, 'assignments')))
      this.#roleAssignment(assignment, template, name);
  }

  #roleAssignment(value: Record<string, unknown>, template: string, name: string | undefined): void {
    const principal = requiredId(field(value, 'principalId'), 'principalId');
    const scope = text(field(value, 'directoryScopeId'), 200) ?? '/';
    const end = isoTime(field(value, 'endDateTime'));
    const isEligible = /eligible/i.test(text(field(value, 'assignmentType')) ?? '');
    this.#deferred.push(() => {
      const identity = this.#resolve(principal);
      const key = entraKey(this.#tenant, 'roles', template);
      this.#sink.node({ ...identity, standing: 'reference' });
      this.#sink.node({
        key,
        kind: 'policy',
        standing: 'reference',
        type: 'directory_role',
        managed: true,
        name: name ?? template,
        ...located(this.#tenant),
      });
      const tenant = tenantResource(this.#tenant);
      this.#sink.node({ ...tenant, standing: 'reference' });
      this.#sink.edge(
        {
          from: key,
          kind: 'grants',
          to: tenant.key,
          level: /reader/i.test(name ?? '') ? 'read' : 'admin',
          qualifier: name ?? template,
        },
        this.#scope,
      );
      this.#sink.edge(
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
        this.#scope,
      );
    });
  }

  #user(value: Record<string, unknown>): void {
    const objectId = requiredId(field(value, 'id'), 'id');
    const principalName = id(field(value, 'userPrincipalName'), 'userPrincipalName');
    const found = user(this.#tenant, objectId, text(field(value, 'displayName'), 200) ?? principalName);
    if (found === undefined) return;
    this.#know(objectId, found);
    if (principalName?.includes('@')) this.#sink.alias({ alias: found.key, key: personKey(principalName) });
  }

  #group(value: Record<string, unknown>): void {
    const objectId = requiredId(field(value, 'id'), 'id');
    const found: Mention = {
      key: entraKey(this.#tenant, 'groups', objectId),
      kind: 'group',
      name: text(field(value, 'displayName'), 200) ?? objectId,
      ...located(this.#tenant),
    };
    this.#know(objectId, found);
    const members = objects(field(value, 'members')).map((member) => id(field(member, 'id'), 'member id'));
    this.#deferred.push(() => {
      for (const member of members) {
        if (member === undefined) continue;
        const from = this.#resolve(member);
        this.#sink.node({ ...from, standing: 'reference' });
        this.#sink.edge({ from: from.key, kind: 'member_of', to: found.key }, this.#scope);
      }
    });
  }

  /** An application of the posture export, which carries its permissions; those asked for and not granted are shown only. */
  #risky(value: Record<string, unknown>): void {
    const appId = requiredId(field(value, 'appId'), 'appId');
    const objectIds = field(value, 'objectId');
    const own = isObject(objectIds)
      ? id(field(objectIds, 'servicePrincipal'), 'objectId')
      : id(objectIds, 'objectId');
    const identity =
      own === undefined
        ? appIdentity(this.#tenant, appId, text(field(value, 'displayName'), 200))
        : this.#principalOf(own, value);
    if (own === undefined) this.#know(appId, identity);
    const credentials = readCredentials(this.#tenant, appId, value);
    const federations = readFederations(value);
    const permissions = objects(field(value, 'permissions'));
    const granted = permissions.filter((one) => field(one, 'isAdminConsented') === true);
    const asked = permissions.length - granted.length;
    const application = isObject(objectIds) ? id(field(objectIds, 'application'), 'objectId') : undefined;
    if (application !== undefined) {
      const key = entraKey(this.#tenant, 'applications', application);
      this.#sink.node(
        {
          key,
          kind: 'resource',
          standing: 'inventory',
          type: 'application',
          name: identity.name ?? appId,
          ...located(this.#tenant),
          props: { appId, requestedPermissions: asked },
        },
        this.#scope,
      );
      this.#deferred.push(() =>
        this.#sink.edge(
          { from: key, kind: 'hosts', to: identity.key, qualifier: 'may add a credential' },
          this.#scope,
        ),
      );
    }
    const grants = granted.map((one) => ({
      name: requiredId(field(one, 'roleDisplayName') ?? field(one, 'roleId'), 'permission'),
      to: api(this.#tenant, undefined, id(field(one, 'applicationDisplayName'), 'applicationDisplayName')),
      isDelegated: /delegated/i.test(text(field(one, 'roleType')) ?? ''),
    }));
    this.#deferred.push(() => {
      this.#proofs(identity, credentials, federations);
      for (const { name, to, isDelegated } of grants)
        this.#permission(identity, to, name, isDelegated ? { delegated: 'with consent' } : {});
    });
  }

  #permissionNames(value: Record<string, unknown>): void {
    for (const one of Object.values(value))
      for (const role of objects(at(one, 'appRoles'))) this.#learn(role);
  }

  #learn(role: Record<string, unknown>): void {
    const roleId = id(field(role, 'id'), 'app role id');
    const name = id(field(role, 'value'), 'app role');
    if (roleId !== undefined && name !== undefined) this.#roleNames.set(roleId.toLowerCase(), name);
  }

  #know(objectId: string, found: Mention): void {
    this.#principals.set(objectId.toLowerCase(), found);
    this.#sink.node({ ...found, standing: 'inventory' }, this.#scope);
  }

  #resolve(objectId: string): Mention {
    return this.#principals.get(objectId.toLowerCase()) ?? unresolved(this.#tenant, objectId);
  }

  #identityOf(appId: string, name: string): Mention {
    const known = this.#byAppId.get(appId.toLowerCase());
    if (known !== undefined) return known;
    const identity = appIdentity(this.#tenant, appId, name);
    this.#sink.node({ ...identity, standing: 'reference' });
    return identity;
  }
}

/** How many permissions an application asks for (`requiredResourceAccess`), which says nothing of what it has. */
function requested(value: Record<string, unknown>): number {
  return objects(field(value, 'requiredResourceAccess')).reduce(
    (sum, one) => sum + objects(field(one, 'resourceAccess')).length,
    0,
  );
}
