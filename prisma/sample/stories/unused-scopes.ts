import { PRODUCTION, STAGING } from '../accounts.ts';
import { allow, roleArn } from '../iam-model.ts';
import { integrationKey, grantOf } from '../integrations.ts';
import { apiKey } from '../accounts.ts';
import { storeArn } from '../stores.ts';
import { role, store, type Story, type World } from '../world.ts';

const UNUSED_STORES = ['payment-intents', 'customer-events', 'invoices', 'carrier-contracts'] as const;

/** Story 8: a vendor was given five scopes and uses one; a report job was given four foreign stores and uses none. */
export function plantUnusedScopes(world: World): Story {
  const reporter = role(world, PRODUCTION, 'svc-warehouse-reporter');
  const unused = UNUSED_STORES.map((name) => storeArn(store(world, name), PRODUCTION));
  reporter.inline.push({
    name: 'added-in-a-hurry',
    statements: [
      allow(
        ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
        unused.filter((arn) => arn.includes(':table/')),
      ),
      allow(
        ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
        unused.filter((arn) => arn.includes(':sqs:')),
      ),
    ],
  });
  return {
    id: 'unused-scopes',
    title: 'Scopes never used',
    keys: new Map<string, string | string[]>([
      ['integration', integrationKey('harbor-crm')],
      ['credential', grantOf('harbor-crm')],
      ['usedScopes', ['customers.read']],
      ['unusedScopes', ['customers.write', 'orders.read', 'invoices.read', 'users.admin']],
      ['unusedInterfaces', ['orders', 'invoices', 'users'].map(apiKey)],
      ['role', roleArn(reporter)],
      ['unusedResources', unused],
    ]),
    decoys: [
      {
        key: roleArn(role(world, PRODUCTION, 'break-glass')),
        why: 'Used on one day only, which is what it is for.',
      },
      {
        key: roleArn(role(world, STAGING, 'svc-settlement-export')),
        why: 'The logs of staging hold no reads of objects: that it does not read is unobservable, not unused.',
      },
    ],
  };
}
