import { AppError } from '#lib/core/errors.ts';

/** Database errors in the words of the product, in this one place; null: not one that a person can act on. Values are never echoed. */
export function mapDatabaseError(error: unknown): AppError | null {
  const code = errorCode(error);
  if (code === null) return null;
  if (code === 'P2002' || code === '23505')
    return new AppError(
      'conflict',
      'It exists already, or somebody changed it at the same time. Reload and look.',
    );
  if (code === 'P2025') return new AppError('not_found', 'It does not exist any more.');
  if (code === '40001' || code === '40P01' || code === 'P2034')
    return new AppError('conflict', 'Somebody changed it at the same time. Try again.');
  if (UNREACHABLE.has(code))
    return new AppError(
      'unavailable',
      'The database cannot be reached. Nothing was changed. This page recovers by itself.',
    );
  return null;
}

const UNREACHABLE = new Set([
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'ETIMEDOUT',
    'EPIPE',
    'P1001',
    'P1002',
    'P1008',
    'P1017',
    'P2024',
    'P2037',
  ],
  ...['57P01', '57P02', '57P03', '53300', '08000', '08003', '08006'],
]);

function errorCode(error: unknown, depth = 0): string | null {
  if (typeof error !== 'object' || error === null || depth > 5) return null;
  const { code, cause, message } = error as { code?: unknown; cause?: unknown; message?: unknown };
  if (typeof code === 'string') return code;
  if (
    typeof message === 'string' &&
    /Connection terminated|timeout exceeded when trying to connect|Can't reach database/.test(message)
  )
    return 'ECONNREFUSED';
  return errorCode(cause, depth + 1);
}
