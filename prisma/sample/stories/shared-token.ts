import { apiKey } from '../accounts.ts';
import { gatewayKeyOf } from '../register-credentials.ts';
import { serviceKey } from '../services.ts';
import type { Story, World } from '../world.ts';

const OWNER = 'quote-engine';
const BORROWERS = ['rate-shopper', 'customer-portal'] as const;

/** Story 1: the gateway key of one service was copied into two others. */
export function plantSharedToken(world: World): Story {
  const credential = gatewayKeyOf(OWNER);
  const users = [OWNER, ...BORROWERS];
  for (const name of BORROWERS) {
    world.register.edge(serviceKey(name), 'holds', credential, { qualifier: 'deployment settings' });
  }
  users.forEach((name, index) =>
    world.register.calls.push({
      actor: serviceKey(name),
      credential,
      action: 'gateway:POST',
      target: apiKey('rate-shopper'),
      level: 'use',
      outcome: 'allowed',
      userAgent: `${name}/1.${name.length}`,
      perDay: 4,
      exact: true,
      fromDaysAgo: 90 - index * 20,
      toDaysAgo: 1,
      addresses: [`10.20.${20 + index}.31`],
    }),
  );
  const replicas = gatewayKeyOf('customer-api');
  world.register.calls.push({
    actor: serviceKey('customer-api'),
    credential: replicas,
    action: 'gateway:GET',
    target: apiKey('consent-registry'),
    level: 'use',
    outcome: 'allowed',
    userAgent: 'customer-api/1.12',
    perDay: 3,
    exact: true,
    fromDaysAgo: 90,
    toDaysAgo: 1,
    addresses: ['10.20.30.11', '10.20.30.12', '10.20.30.13'],
  });
  return {
    id: 'shared-token',
    title: 'One token used by three services',
    keys: new Map<string, string | string[]>([
      ['credential', credential],
      ['services', users.map(serviceKey)],
      ['target', apiKey('rate-shopper')],
    ]),
    decoys: [{ key: replicas, why: 'Three addresses, but three replicas of one service.' }],
  };
}
