import { readFile } from 'node:fs/promises';
import { projectPath } from '#lib/env.ts';

/** The OpenAPI document that a test keeps equal to the routes' declarations. */
export async function readApiDocument(): Promise<Response> {
  const text = await readFile(projectPath('docs', 'openapi.json'), 'utf8');
  return new Response(text, {
    headers: { 'content-type': 'application/vnd.oai.openapi+json; charset=utf-8' },
  });
}
