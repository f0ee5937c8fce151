import { TOKEN_SCOPES, type Permission } from '#lib/authz/permissions.ts';
import { ERROR_STATUS, type ErrorCode } from '#lib/core/errors.ts';
import type { JsonObject } from '#lib/core/json.ts';
import type { RouteDeclaration } from './declared.ts';
import { SchemaCatalogue } from './openapi-schema.ts';
import { changesState } from './same-origin.ts';

export type DeclaredRoute = {
  /** As the web framework spells it: `/api/v1/teams/[teamId]` */
  path: string;
  method: string;
  declaration: RouteDeclaration;
};

const TOKEN_PERMISSIONS: ReadonlySet<Permission> = new Set(TOKEN_SCOPES);
const KEY_PARAMETER = { $ref: '#/components/parameters/IdempotencyKey' };

/**
 * The API as an OpenAPI 3.1 document, from the routes' own declarations. Catch-all routes have no place in OpenAPI and are
 * left out. Operations are in the order of their paths, so that the same routes give the same document.
 */
export function openApiDocument(routes: readonly DeclaredRoute[], version: string): JsonObject {
  const schemas = new SchemaCatalogue();
  const paths = new Map<string, JsonObject>();
  for (const each of [...routes].sort(byAddress)) {
    if (each.path.includes('[...')) continue;
    const path = each.path.replaceAll(/\[(\w+)\]/g, '{$1}');
    paths.set(path, { ...paths.get(path), [each.method.toLowerCase()]: operation(each, schemas) });
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Bailiwick',
      version,
      description: 'One trust graph of services, agents, tokens and grants. How to use it: docs/api.md.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: '/' }],
    paths: Object.fromEntries(paths),
    components: { ...COMPONENTS, schemas: { ...COMPONENTS.schemas, ...schemas.all() } },
  };
}

const byAddress = (a: DeclaredRoute, b: DeclaredRoute): number =>
  compare(a.path, b.path) || compare(a.method, b.method);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function operation({ path, method, declaration }: DeclaredRoute, schemas: SchemaCatalogue): JsonObject {
  const { summary, permission, query, params, body, bodyBytesMax, keepsNoAnswer, output } = declaration;
  const id = operationId(path, method);
  const isChange = changesState({ method });
  const isKept = isChange && output !== 'response' && keepsNoAnswer !== true;
  const parameters = [
    ...schemas.parameters(params, 'path', id),
    ...schemas.parameters(query, 'query', id),
    ...(isKept ? [KEY_PARAMETER] : []),
  ];
  const requestBody =
    bodyBytesMax === 'stream'
      ? { required: true, content: { 'application/octet-stream': {} } }
      : body && {
          required: true,
          content: { 'application/json': { schema: schemas.body(body, 'input', id) } },
        };
  return {
    operationId: id,
    ...(summary === undefined ? {} : { summary }),
    tags: [tagOf(path)],
    security: permission === 'public' ? [] : security(permission),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: { ...success(declaration, schemas, id), ...problems(declaration, isChange) },
  };
}

/** The session of a person may always be used; a token where the permission can be given to one. */
const security = (permission: Permission): JsonObject[] => [
  { session: [permission] },
  ...(TOKEN_PERMISSIONS.has(permission) ? [{ token: [permission] }] : []),
];

function success(
  { output, status = 200 }: RouteDeclaration,
  schemas: SchemaCatalogue,
  id: string,
): JsonObject {
  if (output === 'response')
    return { 200: { description: 'The file or data that was asked for; its Content-Type says which.' } };
  const schema = schemas.body(output, 'output', id);
  return { [status]: { description: 'Done.', content: { 'application/json': { schema } } } };
}

function problems(declaration: RouteDeclaration, isChange: boolean): JsonObject {
  const { permission, params, query, body, bodyBytesMax } = declaration;
  const takesBody = body !== undefined || bodyBytesMax === 'stream';
  const codes: ErrorCode[] = [
    ...((params ?? query ?? (takesBody || isChange)) ? (['invalid_input'] as const) : []),
    ...(permission === 'public' ? [] : (['unauthenticated', 'forbidden'] as const)),
    ...(permission === 'public' && isChange ? (['forbidden'] as const) : []),
    ...((params ?? query) ? (['not_found'] as const) : []),
    ...(isChange ? (['conflict', 'idempotency_mismatch'] as const) : []),
    ...(takesBody ? (['too_large', 'unsupported_media_type'] as const) : []),
    'rate_limited',
    'unavailable',
  ];
  return Object.fromEntries(
    codes.map((code) => [ERROR_STATUS[code], { $ref: '#/components/responses/Problem' }]),
  );
}

/** `/api/v1/teams/[teamId]/members` GET → `getTeamsTeamIdMembers` */
function operationId(path: string, method: string): string {
  const words = path
    .replace(/^\/api(\/v1)?/, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

const tagOf = (path: string): string => path.replace(/^\/api\/(v1\/)?/, '').split('/')[0] ?? 'api';

const COMPONENTS = {
  securitySchemes: {
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: '__Host-bailiwick.session',
      description:
        'The session of a signed-in person. The name carries a tag of the installation between `bailiwick-` and `.session`, and `__Host-` only over https. Changes also need the header `x-bailiwick: 1` and come from a page of the installation.',
    },
    token: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'bwk_',
      description: 'An API token with the scope that the operation names. Made in Settings.',
    },
  },
  parameters: {
    IdempotencyKey: {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description:
        'The same key with the same request gives the same answer without doing it twice, for 24 hours.',
      schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
    },
  },
  responses: {
    Problem: {
      description: 'What happened, what was kept, and what to do (RFC 9457).',
      headers: { 'x-request-id': { schema: { type: 'string' } } },
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  },
  schemas: {
    Problem: {
      type: 'object',
      required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
      properties: {
        type: { type: 'string', format: 'uri' },
        title: { type: 'string' },
        status: { type: 'integer', enum: [...new Set(Object.values(ERROR_STATUS))] },
        code: { type: 'string', enum: Object.keys(ERROR_STATUS) },
        detail: { type: 'string' },
        requestId: { type: 'string' },
        fields: {
          type: 'array',
          description: 'What is wrong with each field of the input.',
          items: {
            type: 'object',
            required: ['path', 'message'],
            properties: { path: { type: 'string' }, message: { type: 'string' } },
          },
        },
      },
    },
  },
};
