import { CSV_FIELDS, type CsvFact, type CsvMapping, missingFields } from './mapping.ts';

/** Spellings of headers (letters only, lower case) by the field that they mean. */
const SPELLINGS: Record<CsvFact, Record<string, readonly string[]>> = {
  node: {
    key: ['key', 'arn', 'id', 'identifier', 'spiffeid', 'uri', 'objectid'],
    name: [
      'name',
      'displayname',
      'identity',
      'account',
      'serviceaccount',
      'username',
      'application',
      'app',
      'appname',
      'service',
      'clientname',
      'credential',
      'resource',
    ],
    kind: ['kind', 'identitykind', 'identitytype', 'nodekind', 'category'],
    type: ['type', 'credentialtype', 'resourcetype', 'accounttype'],
    provider: ['provider', 'platform', 'cloud', 'system', 'vendor'],
    tenant: [
      'tenant',
      'accountid',
      'subscription',
      'project',
      'cluster',
      'org',
      'organization',
      'organisation',
    ],
    environment: ['environment', 'env', 'stage'],
    zone: ['zone', 'trustzone'],
    sensitivity: ['sensitivity', 'classification', 'dataclassification'],
    purpose: ['purpose', 'description', 'usecase', 'businesspurpose', 'justification', 'comment', 'notes'],
    owner: [
      'owner',
      'owners',
      'owneremail',
      'team',
      'owningteam',
      'ownedby',
      'contact',
      'responsible',
      'squad',
    ],
    createdAt: ['created', 'createdat', 'createdate', 'creationdate', 'createdon', 'datecreated'],
    rotatedAt: ['rotated', 'rotatedat', 'lastrotated', 'lastrotation', 'passwordlastset'],
    expiresAt: [
      'expires',
      'expiresat',
      'expiry',
      'expirydate',
      'expiration',
      'expirationdate',
      'validto',
      'notafter',
      'enddate',
    ],
    lastUsedAt: ['lastused', 'lastusedat', 'lastlogin', 'lastseen', 'lastlogon', 'lastactivity', 'lastuse'],
  },
  edge: {
    from: ['from', 'source', 'subject', 'principal', 'grantee', 'member', 'startnode', 'start'],
    to: ['to', 'target', 'destination', 'object', 'resource', 'endnode', 'end'],
    kind: ['kind', 'relation', 'relationship', 'edge', 'edgekind', 'edgetype'],
    fromKind: [
      'fromkind',
      'sourcekind',
      'sourcetype',
      'principaltype',
      'subjecttype',
      'subjectkind',
      'fromtype',
    ],
    toKind: ['tokind', 'targetkind', 'targettype', 'resourcetype', 'totype', 'objecttype'],
    level: ['level', 'access', 'accesslevel', 'permission', 'privilege', 'right'],
    qualifier: ['qualifier', 'via', 'role', 'scope', 'policy', 'statement'],
    conditional: ['conditional', 'condition'],
  },
  event: {
    time: [
      'time',
      'timestamp',
      'date',
      'datetime',
      'eventtime',
      'occurred',
      'occurredat',
      'when',
      'createdat',
      'starttime',
    ],
    actor: [
      'actor',
      'user',
      'username',
      'principal',
      'caller',
      'identity',
      'subject',
      'client',
      'clientid',
      'account',
      'serviceaccount',
      'who',
    ],
    action: ['action', 'event', 'eventname', 'operation', 'method', 'activity', 'verb', 'eventtype', 'what'],
    id: ['id', 'eventid', 'uuid', 'requestid', 'logid'],
    actorKind: ['actorkind', 'actortype', 'principaltype', 'usertype'],
    target: ['target', 'resource', 'object', 'resourcename', 'resourceid', 'path', 'url', 'destination'],
    targetKind: ['targetkind', 'targettype', 'resourcetype'],
    outcome: ['outcome', 'result', 'status', 'success', 'decision'],
    level: ['level', 'access', 'accesslevel'],
    credential: ['credential', 'credentialid', 'accesskey', 'accesskeyid', 'keyid', 'tokenid'],
    onBehalfOf: ['onbehalfof', 'behalfof', 'impersonated', 'delegator'],
    address: ['address', 'ip', 'ipaddress', 'sourceip', 'sourceipaddress', 'clientip', 'remoteaddr'],
    userAgent: ['useragent', 'agent'],
    trace: ['trace', 'traceid', 'sessionid', 'correlationid'],
    purpose: ['purpose', 'task', 'justification'],
  },
};

const plain = (header: string): string => header.toLowerCase().replace(/[^a-z]/g, '');
const SECRET_HEADER = /passw|secret$|secretkey|secretvalue|privatekey|^token$|apikey$|tokenvalue/;
const TIME = /^\d{4}-\d\d-\d\d[T ]|^\d{10}(?:\d{3})?$/;

/**
 * A mapping for a CSV with these headers and first rows (objects by header), for a person to check. The fact is the one
 * whose required fields are all found; rows whose headers fit both an event and a node are events when a column holds times.
 * Columns named like a secret are never mapped. Null when no fact fits.
 */
export function suggestMapping(
  headers: readonly string[],
  rows: readonly Record<string, unknown>[],
): CsvMapping | null {
  const usable = headers.filter((header) => header.trim() !== '' && !SECRET_HEADER.test(plain(header)));
  const order: readonly CsvFact[] = ['edge', 'event', 'node'];
  const fitting = order
    .map((fact) => mappingFor(fact, usable))
    .filter((mapping) => missingFields(mapping).length === 0);
  const best = fitting.find((mapping) => mapping.fact !== 'event' || hasTimes(mapping, rows));
  return best ?? null;
}

function mappingFor(fact: CsvFact, headers: readonly string[]): CsvMapping {
  const taken = new Set<string>();
  const fields: CsvMapping['fields'] = [];
  for (const field of CSV_FIELDS[fact]) {
    const spellings = [plain(field), ...(SPELLINGS[fact][field] ?? [])];
    const header = spellings
      .map((spelling) => headers.find((one) => !taken.has(one) && plain(one) === spelling))
      .find((found) => found !== undefined);
    if (header === undefined) continue;
    taken.add(header);
    fields.push({ field, column: header });
  }
  const labels = fact === 'node' ? headers.filter((header) => !taken.has(header)).slice(0, 50) : [];
  return { fact, fields, ...(labels.length > 0 ? { labels } : {}) };
}

function hasTimes(mapping: CsvMapping, rows: readonly Record<string, unknown>[]): boolean {
  const column = mapping.fields.find(({ field }) => field === 'time')?.column;
  if (column === undefined || rows.length === 0) return column !== undefined;
  return rows.some((row) => Object.hasOwn(row, column) && TIME.test(String(row[column])));
}
