import { awsAccessKeyKey } from '#lib/core/keys.ts';
import { PRODUCTION, SHARED } from '../accounts.ts';
import { roleArn, userArn } from '../iam-model.ts';
import { serviceKey } from '../services.ts';
import { leaver, LEAVERS, PEOPLE, personOf } from '../teams.ts';
import { role, type Story, type World } from '../world.ts';

/** Components whose catalogue entry still names somebody who left, by position in LEAVERS. */
export const ABANDONED: ReadonlyMap<string, number> = new Map([
  ['payout-runner', 0],
  ['label-printer', 1],
  ['customs-filing', 2],
  ['edi-bridge', 2],
  ['export-scheduler', 3],
  ['artifact-cache', 4],
]);

/** Components of a team that was dissolved, and with an owner who was never filled in. */
export const DISSOLVED: readonly string[] = ['partner-onboarding', 'webhook-relay'];
export const NEVER_FILLED_IN: readonly string[] = [
  'feedback-inbox',
  'toll-estimator',
  'data-quality',
  'depot-calendar',
  'status-page',
  'job-runner',
];

/** Somebody on leave, who comes back: still in the directory, with a deputy. */
const ON_LEAVE = PEOPLE[20];

/** Story 6: five people left; what bears their names has nobody who answers for it. */
export function plantOwnersLeft(world: World): Story {
  const payout = role(world, PRODUCTION, 'svc-payout-runner');
  const build = role(world, SHARED, 'build-host');
  payout.tags.set('owner', leaver(0).mail);
  build.tags.set('owner', leaver(4).mail);
  const users = world.users.filter((user) => user.path === '/machines/').slice(0, 3);
  users.forEach((user, index) => user.tags.set('owner', leaver(index + 1).mail));
  if (!ON_LEAVE) throw new RangeError('Nobody is on leave.');
  world.register.node({
    key: personOf(ON_LEAVE),
    kind: 'person',
    labels: { team: ON_LEAVE.team, employment: 'on leave' },
    props: { employment: 'on leave', deputy: `team ${ON_LEAVE.team}` },
  });
  return {
    id: 'owners-left',
    title: 'Owners who left',
    keys: new Map<string, string | string[]>([
      ['people', LEAVERS.map(personOf)],
      ['services', [...ABANDONED.keys()].map(serviceKey)],
      ['roles', [payout, build].map(roleArn)],
      ['users', users.map(userArn)],
      ['credentials', users.flatMap((user) => user.keys.slice(0, 1).map((key) => awsAccessKeyKey(key.id)))],
      ['unresolvedOwners', ['customs', 'unspecified']],
    ]),
    decoys: [{ key: personOf(ON_LEAVE), why: 'On leave until spring, with the team as deputy.' }],
  };
}
