import { isObject } from '#lib/core/json.ts';
import {
  type Connector,
  type FactSink,
  type ReadContext,
  type Reader,
  RejectedRecord,
  type Sample,
  type SourceRecord,
} from '../connector.ts';
import { fittingSink } from '../fitting-sink.ts';
import { field, list, objects, requiredId, text } from '../read-value.ts';
import { Directory } from './directory-state.ts';
import { objectType, type ObjectType } from './object-type.ts';
import { readApplication, readServicePrincipal } from './read-applications.ts';
import { readById, readGroup, readUser } from './read-people.ts';
import { readAppRoleAssignment, readPermissionGrant, readPermissionNames } from './read-permissions.ts';
import { readRiskyApplication } from './read-risky-application.ts';
import { readRole, readRoleAssignment } from './read-roles.ts';

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
  open: (sink, context) => new EntraReader(fittingSink(sink), context),
};

function recognise(sample: Sample): number {
  const keys = new Set(sample.keys.map((key) => key.toLowerCase()));
  if (keys.has('privileged_roles') || keys.has('risky_applications')) return 1;
  if (keys.has('module_version') && keys.has('report_uuid') && keys.has('tenant_details')) return 0.95;
  const listed = list(field(sample.first, 'value'))[0] ?? sample.first;
  if (text(field(sample.first, '@odata.context'))?.startsWith('https://graph.microsoft.com/') === true)
    return 0.9;
  const type = isObject(listed) ? objectType(listed, null) : null;
  if (type !== null && type !== 'user' && type !== 'group') return 0.85;
  if (type !== null) return 0.6;
  return /"(?:privileged_roles|risky_applications)"\s*:/.test(sample.head) ? 0.9 : 0;
}

type Read = (directory: Directory, value: Record<string, unknown>) => void;

const READERS: Record<ObjectType, Read> = {
  application: readApplication,
  servicePrincipal: readServicePrincipal,
  appRoleAssignment: readAppRoleAssignment,
  permissionGrant: readPermissionGrant,
  roleAssignment: (directory, value) =>
    readRoleAssignment(directory, value, requiredId(field(value, 'roleDefinitionId'), 'role'), undefined),
  role: readRole,
  user: readUser,
  group: readGroup,
  riskyApplication: readRiskyApplication,
  hybridApplications: (directory, value) => {
    for (const one of objects(field(value, 'apps'))) readRiskyApplication(directory, one);
  },
  permissionNames: readPermissionNames,
  posture: (directory, value) => {
    for (const name of POSTURE_LISTS)
      for (const one of objects(field(value, name))) readObject(directory, one, name);
    readById(directory, value);
  },
};

function readObject(directory: Directory, value: Record<string, unknown>, list: string | null): void {
  const type = objectType(value, list);
  if (type === null) throw new RejectedRecord('the object is of no known Graph type, or names no principal');
  READERS[type](directory, value);
}

class EntraReader implements Reader {
  readonly #directory: Directory;
  readonly #complete: boolean;

  constructor(sink: FactSink, context: ReadContext) {
    this.#directory = new Directory(sink, (context.defaults.tenant ?? 'default').toLowerCase());
    this.#complete = context.complete;
  }

  record(record: SourceRecord): void {
    if (!isObject(record.value)) throw new RejectedRecord('the record is not an object');
    readObject(this.#directory, record.value, record.list);
  }

  /** Members of the posture export that are objects by id, or lists of one that its writer collapsed. */
  envelope(members: Record<string, unknown>): void {
    for (const name of POSTURE_LISTS) {
      const collapsed = members[name];
      if (isObject(collapsed)) readObject(this.#directory, collapsed, name);
    }
    readById(this.#directory, members);
  }

  end(): void {
    this.#directory.writeDeferred();
    this.#directory.sink.scope({ scope: this.#directory.scope, complete: this.#complete });
  }
}
