import { isObject } from '#lib/core/json.ts';
import { at, field, list, text } from '../read-value.ts';

/** What a record is, by the fields that no other kind has. */
export type Shape = 'binding' | 'asset' | 'account' | 'account_pair' | 'key' | 'workload';

export function shapeOf(value: unknown): Shape | null {
  if (Array.isArray(value))
    return value.length <= 3 && /\.gserviceaccount\.com$/.test(text(value[0]) ?? '') ? 'account_pair' : null;
  if (!isObject(value)) return null;
  const name = text(field(value, 'name'), 900) ?? '';
  if (/\/serviceAccounts\/[^/]+\/keys\/[^/]+$/.test(name)) return 'key';
  if (name.startsWith('//') && (field(value, 'assetType') ?? field(value, 'asset_type')) !== undefined)
    return 'asset';
  const role = text(field(value, 'role')) ?? '';
  if (
    /^(?:roles|projects\/[^/]+\/roles|organizations\/[^/]+\/roles)\//.test(role) &&
    Array.isArray(field(value, 'members'))
  )
    return 'binding';
  if (/\.gserviceaccount\.com$/.test(text(field(value, 'email')) ?? '')) return 'account';
  return /\.gserviceaccount\.com$/.test(text(workloadAccount(value)) ?? '') && name !== ''
    ? 'workload'
    : null;
}

/** The service account that a function, a service or an instance runs as. */
export function workloadAccount(value: Record<string, unknown>): unknown {
  return (
    field(value, 'serviceAccountEmail') ??
    at(value, 'serviceConfig', 'serviceAccountEmail') ??
    at(value, 'template', 'serviceAccount') ??
    at(list(field(value, 'serviceAccounts'))[0], 'email')
  );
}

/** `//SERVICE/PATH` as its path, which starts with the project, folder or organisation. */
export function resourceName(name: string): string {
  const path = name.replace(/^\/\/[^/]+\//, '');
  return /^(?:projects|folders|organizations)\//.test(path) ? path : name.slice(2);
}
