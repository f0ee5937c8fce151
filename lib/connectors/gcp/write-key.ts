import { type FactSink, RejectedRecord } from '../connector.ts';
import { field, requiredId, text } from '../read-value.ts';
import { isoTime } from '../time.ts';
import { located, serviceAccount } from './members.ts';

/** A key of a service account; those that Google manages rotate by themselves. The private part is never read. */
export function writeKey(
  sink: FactSink,
  stated: string,
  scope: string,
  value: Record<string, unknown>,
): void {
  const name = requiredId(field(value, 'name'), 'name', 700);
  const match = /\/serviceAccounts\/([^/]+)\/keys\/([^/]+)$/.exec(name);
  if (match === null) throw new RejectedRecord('the key names no service account');
  const [, email = '', keyId = ''] = match;
  const account = serviceAccount(email);
  const created = isoTime(field(value, 'validAfterTime'));
  const expires = isoTime(field(value, 'validBeforeTime'));
  const isGoogles = /SYSTEM_MANAGED/i.test(text(field(value, 'keyType')) ?? '');
  const key = `${account.key}/keys/${keyId.toLowerCase()}`;
  sink.node(
    {
      key,
      kind: 'credential',
      standing: 'inventory',
      type: 'service_account_key',
      name: keyId,
      boundTo: 'workload',
      ...located(account.tenant ?? stated),
      ...(created === null ? {} : { createdAt: created }),
      ...(expires === null || expires.startsWith('9999') ? {} : { expiresAt: expires }),
      ...(isGoogles ? { managed: true } : {}),
    },
    scope,
  );
  sink.node({ ...account, standing: 'reference' });
  sink.edge({ from: key, kind: 'authenticates', to: account.key }, scope);
}
