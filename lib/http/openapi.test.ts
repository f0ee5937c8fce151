import path from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PERMISSIONS } from '#lib/authz/permissions.ts';
import { isObject, type JsonObject } from '#lib/core/json.ts';
import packageFile from '../../package.json' with { type: 'json' };
import { openApiDocument, type DeclaredRoute } from './openapi.ts';
import { declaredRoutes } from './test-routes.ts';

/** Every route of the application is imported. */
const IMPORTS_MS = 120_000;

let routes: DeclaredRoute[] = [];
let document: JsonObject = {};
beforeAll(async () => {
  routes = await declaredRoutes();
  document = openApiDocument(routes, packageFile.version);
}, IMPORTS_MS);

const operationsOf = (of: JsonObject) =>
  Object.entries(of['paths'] as Record<string, JsonObject>).flatMap(([address, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${address}`,
      operation: operation as JsonObject,
    })),
  );

describe('the API’s document', () => {
  it('is docs/openapi.json', async () => {
    const file = path.resolve(import.meta.dirname, '../../docs/openapi.json');
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  it('is valid OpenAPI 3.1, and every reference in it leads somewhere', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect(errors ?? []).toEqual([]);
    expect([valid, validator.version]).toEqual([true, '3.1']);
    const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
    expect(references.length).toBeGreaterThan(0);
    for (const reference of new Set(references)) {
      const steps = reference.slice('"$ref":"#/'.length, -1).split('/');
      const target = steps.reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), document);
      expect(target, reference).toBeDefined();
    }
  });

  it('names every declared route but catch-alls, once', () => {
    const declared = routes
      .filter((each) => !each.path.includes('[...'))
      .map((each) => `${each.method} ${each.path.replaceAll(/\[(\w+)\]/g, '{$1}')}`);
    const operations = operationsOf(document);
    expect(operations.map(({ name }) => name).sort()).toEqual(declared.sort());
    const ids = operations.map(({ operation }) => operation['operationId']);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(20);
  });

  it('asks for the permission that the route asks for, and names each part of its path', () => {
    for (const { name, operation } of operationsOf(document)) {
      for (const way of operation['security'] as Record<string, string[]>[])
        for (const permission of Object.values(way).flat())
          expect(Object.keys(PERMISSIONS), name).toContain(permission);
      const inPath = ((operation['parameters'] ?? []) as JsonObject[]).filter(({ in: at }) => at === 'path');
      const wanted = name.match(/(?<=\{)\w+(?=\})/g) ?? [];
      expect(inPath.map((parameter) => parameter['name']).sort(), name).toEqual([...wanted].sort());
    }
  });
});

describe('openApiDocument', () => {
  const tree: z.ZodType = z.lazy(() => z.object({ name: z.string(), parts: z.array(tree) }));
  const made = openApiDocument(
    [
      {
        path: '/api/v1/trees/[treeId]',
        method: 'PUT',
        declaration: {
          permission: 'ingest.write',
          summary: 'Plant a tree',
          params: z.object({ treeId: z.string() }),
          query: z.strictObject({ kinds: z.preprocess((text) => text, z.array(z.string())).optional() }),
          body: tree,
          output: z.object({ planted: z.string().transform(Number).pipe(z.number()) }),
          status: 201,
        },
      },
      { path: '/api/x/[...rest]', method: 'GET', declaration: { permission: 'public', output: 'response' } },
    ],
    '1',
  );
  const operation = (made['paths'] as Record<string, Record<string, JsonObject>>)['/api/v1/trees/{treeId}']?.[
    'put'
  ];

  it('gives what goes in as it is sent and what comes out as it is answered', () => {
    expect(operation).toMatchObject({
      operationId: 'putTreesTreeId',
      summary: 'Plant a tree',
      security: [{ session: ['ingest.write'] }, { token: ['ingest.write'] }],
      parameters: [
        { name: 'treeId', in: 'path', required: true },
        { name: 'kinds', in: 'query', required: false, style: 'form', explode: false },
        { $ref: '#/components/parameters/IdempotencyKey' },
      ],
      responses: {
        201: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/putTreesTreeIdOutput' } } },
        },
      },
    });
    expect(made['components']).toMatchObject({
      schemas: { putTreesTreeIdOutput: { properties: { planted: { type: 'number' } } } },
    });
    expect(Object.keys((operation?.['responses'] ?? {}) as object)).toEqual([
      ...['201', '400', '401', '403', '404', '409', '413', '415', '422', '429', '503'],
    ]);
  });

  it('keeps schemas that hold themselves valid', async () => {
    expect(JSON.stringify(operation?.['requestBody'])).toContain('#/components/schemas/putTreesTreeIdInput');
    expect((await new Validator().validate(structuredClone(made))).errors ?? []).toEqual([]);
  });
});
