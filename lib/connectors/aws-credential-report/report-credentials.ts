import type { IsoTime } from '../facts.ts';
import { isoTime } from '../time.ts';
import type { ReportRow } from './report-content.ts';

/** A credential that a row tells of. The report has no ids of keys: `slot` stands for one. */
export type ReportedCredential = {
  slot: 'key1' | 'key2' | 'cert1' | 'cert2' | 'password';
  type: 'access_key' | 'signing_certificate' | 'password';
  active: boolean;
  rotatedAt: IsoTime | null;
  expiresAt: IsoTime | null;
  lastUsedAt: IsoTime | null;
  /** True, false, or null where AWS does not know (`no_information`, older than its tracking). */
  everUsed: boolean | null;
};

const cell = (row: ReportRow, name: string): string => row.get(name) ?? '';
const isTrue = (text: string): boolean => text.toLowerCase() === 'true';

/** `N/A` in the last use of something active means never; `no_information` means unknown, not unused. */
function use(text: string, active: boolean): Pick<ReportedCredential, 'lastUsedAt' | 'everUsed'> {
  const lastUsedAt = isoTime(text);
  if (lastUsedAt !== null) return { lastUsedAt, everUsed: true };
  return { lastUsedAt, everUsed: active && text.toUpperCase() === 'N/A' ? false : null };
}

export function reportedCredentials(row: ReportRow): ReportedCredential[] {
  return [...accessKeys(row), ...certificates(row), ...password(row)];
}

function accessKeys(row: ReportRow): ReportedCredential[] {
  return (['1', '2'] as const).flatMap((slot) => {
    const active = isTrue(cell(row, `access_key_${slot}_active`));
    const rotatedAt = isoTime(cell(row, `access_key_${slot}_last_rotated`));
    // A slot that is off and has no date holds no key at all; one with a date holds a key that is switched off.
    if (!active && rotatedAt === null) return [];
    const used = use(cell(row, `access_key_${slot}_last_used_date`), active);
    return [{ slot: `key${slot}`, type: 'access_key', active, rotatedAt, expiresAt: null, ...used }];
  });
}

function certificates(row: ReportRow): ReportedCredential[] {
  return (['1', '2'] as const).flatMap((slot) => {
    const active = isTrue(cell(row, `cert_${slot}_active`));
    const rotatedAt = isoTime(cell(row, `cert_${slot}_last_rotated`));
    if (!active && rotatedAt === null) return [];
    const unknown = { expiresAt: null, lastUsedAt: null, everUsed: null };
    return [{ slot: `cert${slot}`, type: 'signing_certificate', active, rotatedAt, ...unknown }];
  });
}

/** `not_supported` stands for the root user, whose password shows by its use alone. */
function password(row: ReportRow): ReportedCredential[] {
  const enabled = cell(row, 'password_enabled').toLowerCase();
  const used = use(cell(row, 'password_last_used'), enabled === 'true');
  const active = enabled === 'true' || (enabled === 'not_supported' && used.lastUsedAt !== null);
  if (!active) return [];
  const rotatedAt = isoTime(cell(row, 'password_last_changed'));
  const expiresAt = isoTime(cell(row, 'password_next_rotation'));
  return [{ slot: 'password', type: 'password', active, rotatedAt, expiresAt, ...used }];
}

export const usesMfa = (row: ReportRow): boolean => isTrue(cell(row, 'mfa_active'));
export const hasPassword = (row: ReportRow): boolean => isTrue(cell(row, 'password_enabled'));
