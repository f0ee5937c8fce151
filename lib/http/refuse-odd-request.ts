import { AppError } from '#lib/core/errors.ts';

const API_METHODS: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
]);
const PAGE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Throws for a request that the web framework would answer with a fault or with a redirect to an address that the client
 * made up: a target that is not a path (RFC 9112 section 3.2.2 to 3.2.4), a path that does not decode, an unknown
 * method. Pages are only read, which also leaves nothing of the framework's Server Actions to be called.
 */
export function assertPlainRequest({
  method = 'GET',
  url = '',
}: {
  method?: string | undefined;
  url?: string | undefined;
}): void {
  if (!/^\/(?![/\\])/.test(url) || url.includes('\\'))
    throw new AppError('invalid_input', 'The request does not name a path of this installation.');
  const [path = ''] = url.split('?', 1);
  if (!decodes(path)) throw new AppError('invalid_input', 'The path holds bytes that are not UTF-8.');
  const methods = path.startsWith('/api/') ? API_METHODS : PAGE_METHODS;
  if (!methods.has(method))
    throw new AppError('method_not_allowed', `${[...methods].join(', ')} are answered here.`);
}

function decodes(path: string): boolean {
  try {
    return decodeURIComponent(path).isWellFormed();
  } catch {
    return false;
  }
}
