import type { z } from 'zod';
import type { Permission } from '#lib/authz/permissions.ts';

/** What a route says about itself, without what it does. */
export type RouteDeclaration = {
  permission: Permission | 'public';
  summary?: string;
  params?: z.ZodType | undefined;
  query?: z.ZodType | undefined;
  body?: z.ZodType | undefined;
  bodyBytesMax?: number | 'stream';
  traceAs?: string;
  status?: number;
  keepsNoAnswer?: boolean;
  /** `response`: a file, a stream or a redirect that the handler makes itself. */
  output: z.ZodType | 'response';
};

const declarations = new WeakMap<object, RouteDeclaration>();

/** Keeps beside a handler what it was declared with, so that documents and tests speak of the very same thing. */
export function keepDeclaration<F extends object>(handler: F, declaration: RouteDeclaration): F {
  declarations.set(handler, declaration);
  return handler;
}

/** What this handler was declared with; undefined: `route` did not make it. */
export const declarationOf = (handler: unknown): RouteDeclaration | undefined =>
  typeof handler === 'function' ? declarations.get(handler) : undefined;
