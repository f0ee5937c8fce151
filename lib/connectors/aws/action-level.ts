import type { AccessLevel } from '#lib/ontology/edge-kinds.ts';
import { ACCESS_LEVELS } from '#lib/ontology/edge-kinds.ts';
import { hasWildcard, overlaps } from './glob.ts';

/** First words of operations that only look. Any other first word changes something. */
const READ_VERBS = [
  'get',
  'list',
  'describe',
  'batchget',
  'batchdescribe',
  'batchcheck',
  'query',
  'scan',
  'search',
  'view',
  'lookup',
  'read',
  'check',
  'select',
  'head',
  'estimate',
  'preview',
  'validate',
  'simulate',
  'detect',
  'discover',
  'filter',
  'download',
  'retrieve',
  'browse',
  'count',
  'compare',
  'verify',
  'generatecredentialreport',
  'generateservicelast',
  'partiql select',
  'meterusage',
  'resolve',
  'is',
  'has',
  'unmask',
  'consolelogin',
  'testmetricfilter',
] as const;

/** First words of operations that make a thing do its work without changing it. */
const USE_VERBS = [
  'invoke',
  'execute',
  'send',
  'publish',
  'receive',
  'decrypt',
  'encrypt',
  'reencrypt',
  'sign',
  'generatedatakey',
  'generatemac',
  'generaterandom',
  'assume',
  'converse',
  'subscribe',
  'poll',
  'connect',
  'startquery',
  'startsession',
  'startexecution',
  'startjobrun',
  'startbuild',
  'runtask',
  'submit',
  'passrole',
  'signal',
  'synthesize',
  'translate',
  'recognize',
  'classify',
  'analyze',
  'infer',
  'purchase',
  'login',
  'switchrole',
  'opentunnel',
  'createpresigned',
] as const;

/** Operations that change who may do what. */
const ADMIN_PATTERNS = [
  '*:put*policy',
  '*:set*policy',
  '*:attach*policy',
  '*:detach*policy',
  '*:delete*policy',
  '*:create*policy*',
  '*:update*policy',
  '*:*permission',
  '*:*permissions',
  '*:add*permission*',
  '*:put*acl',
  '*:set*acl',
  '*:creategrant',
  '*:retiregrant',
  '*:revokegrant',
  '*:update*trust*',
  '*:putpermission*',
  '*:associateaccesspolicy',
  '*:createaccessentry',
  '*:updateaccessentry',
  'sqs:setqueueattributes',
  'sns:settopicattributes',
  'sagemaker:createpresignednotebookinstanceurl',
  'lambda:updatefunctionurlconfig',
  'lambda:createfunctionurlconfig',
  'ecr:putregistrypolicy',
  's3:putaccountpublicaccessblock',
  's3:putbucketpublicaccessblock',
  's3:putbucketownership*',
] as const;

/** Services that are nothing but permissions: what changes anything there administers. */
const ADMIN_SERVICES = new Set([
  'iam',
  'organizations',
  'account',
  'sso',
  'sso-directory',
  'identitystore',
  'ram',
  'rolesanywhere',
  'iam-identity-center',
  'cognito-idp-admin',
]);

/** What the first words say wrongly. */
const EXCEPTIONS = new Map<string, AccessLevel>([
  ['iam:passrole', 'use'],
  ['iam:generatecredentialreport', 'read'],
  ['iam:generateservicelastaccesseddetails', 'read'],
  ['sts:getcalleridentity', 'read'],
  ['sts:getsessiontoken', 'use'],
  ['sts:getfederationtoken', 'use'],
  ['sts:tagsession', 'use'],
  ['sts:setsourceidentity', 'use'],
  ['ecr:getauthorizationtoken', 'use'],
  ['ec2:getpassworddata', 'read'],
  ['redshift:getclustercredentials', 'use'],
  ['eks:accesskubernetesapi', 'use'],
  ['ssm:startsession', 'write'],
  ['ssm:sendcommand', 'write'],
  ['ssm:resumesession', 'write'],
  ['ec2-instance-connect:sendsshpublickey', 'write'],
  ['ec2-instance-connect:sendserialconsolesshpublickey', 'write'],
  ['kms:schedulekeydeletion', 'write'],
  ['s3:selectobjectcontent', 'read'],
  ['rds-data:executestatement', 'write'],
  ['rds-data:batchexecutestatement', 'write'],
  ['dynamodb:partiqlselect', 'read'],
]);

const cache = new Map<string, AccessLevel>();
const CACHE_MAX = 20_000;

/**
 * The access level that an action (`s3:GetObject`) or a pattern of actions (`s3:Get*`) needs or gives. For a pattern
 * it is the highest level that an action meant by it can have, so that nothing is understated.
 */
export function actionLevel(action: string): AccessLevel {
  const known = cache.get(action);
  if (known !== undefined) return known;
  const level = classify(action.toLowerCase());
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(action, level);
  return level;
}

function classify(action: string): AccessLevel {
  const exception = EXCEPTIONS.get(action);
  if (exception !== undefined) return exception;
  const colon = action.indexOf(':');
  const service = action.slice(0, Math.max(colon, 0));
  const operation = action.slice(colon + 1);
  const verb = operation.split(/[*?]/, 1)[0] ?? '';
  const open = hasWildcard(operation);
  if (open && verb === '') return operation === '*' || !isNarrow(operation) ? 'admin' : 'write';
  const level = open ? openLevel(verb) : plainLevel(verb);
  if (level === 'read') return 'read';
  if (ADMIN_SERVICES.has(service)) return level === 'use' ? 'use' : 'admin';
  if (ADMIN_PATTERNS.some((pattern) => overlaps(pattern, action))) return 'admin';
  for (const [name, higher] of EXCEPTIONS) {
    if (open && overlaps(action, name) && ACCESS_LEVELS[higher] > ACCESS_LEVELS[level]) return higher;
  }
  return level;
}

/** `*Object` and the like: no verb, yet the end names things that carry no permissions of their own. */
const isNarrow = (operation: string): boolean =>
  /[a-z]{4,}$/.test(operation) && !/polic|acl|permission|grant/.test(operation);

function plainLevel(verb: string): AccessLevel {
  if (READ_VERBS.some((prefix) => verb.startsWith(prefix))) return 'read';
  return USE_VERBS.some((prefix) => verb.startsWith(prefix)) ? 'use' : 'write';
}

/** Verbs that change things and share a beginning with one that only looks, so that `De*` is not taken for Describe. */
const CHANGE_VERBS = [
  'create',
  'delete',
  'put',
  'update',
  'modify',
  'add',
  'remove',
  'attach',
  'detach',
  'set',
  'start',
  'stop',
  'restore',
  'register',
  'deregister',
  'deploy',
  'reset',
  'replace',
  'request',
  'grant',
  'generate',
  'link',
  'lock',
  'initiate',
  'import',
  'insert',
];

function openLevel(verb: string): AccessLevel {
  if (CHANGE_VERBS.some((word) => word.startsWith(verb) || verb.startsWith(word)))
    return plainLevel(verb) === 'read' ? 'read' : 'write';
  if (USE_VERBS.some((word) => word.startsWith(verb) || verb.startsWith(word))) return 'use';
  return plainLevel(verb) === 'read' || READ_VERBS.some((word) => word.startsWith(verb)) ? 'read' : 'write';
}
