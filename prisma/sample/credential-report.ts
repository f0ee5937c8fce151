import { iamArn, REGION, type Account } from './accounts.ts';
import { userArn, type AccessKey, type User } from './iam-model.ts';
import type { World } from './world.ts';

const COLUMNS =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';
const NO_CERTIFICATES = ['false', 'N/A', 'false', 'N/A'];

/** The CSV of `aws iam get-credential-report`. */
export function credentialReport(world: World, account: Account): string {
  const rows = world.users.filter((user) => user.account === account).map((user) => userRow(world, user));
  return `${[COLUMNS, rootRow(world, account), ...rows].join('\n')}\n`;
}

function rootRow(world: World, account: Account): string {
  const created = world.calendar.awsTime(2400, 28_000);
  const arn = iamArn(account, 'root');
  const password = [
    'not_supported',
    world.calendar.awsTime(611, 30_000),
    'not_supported',
    'not_supported',
    'true',
  ];
  return [
    '<root_account>',
    arn,
    created,
    ...password,
    ...keyFields(world, undefined),
    ...keyFields(world, undefined),
    ...NO_CERTIFICATES,
  ].join(',');
}

function userRow(world: World, user: User): string {
  const created = world.calendar.awsTime(user.createdDaysAgo, 31_000);
  const password = user.console
    ? [
        'true',
        world.calendar.awsTime(user.console.lastUsedDaysAgo, 30_600),
        created,
        'N/A',
        String(user.console.mfa),
      ]
    : ['false', 'N/A', 'N/A', 'N/A', 'false'];
  const [first, second] = user.keys;
  return [
    user.name,
    userArn(user),
    created,
    ...password,
    ...keyFields(world, first),
    ...keyFields(world, second),
    ...NO_CERTIFICATES,
  ].join(',');
}

function keyFields({ calendar }: World, key: AccessKey | undefined): string[] {
  if (!key || key.state === 'deleted') return ['false', 'N/A', 'N/A', 'N/A', 'N/A'];
  const used = key.lastUsed;
  return [
    String(key.state === 'active'),
    calendar.awsTime(key.rotatedDaysAgo, 31_500),
    ...(used ? [calendar.awsTime(used.daysAgo, 43_200), REGION, used.service] : ['N/A', 'N/A', 'N/A']),
  ];
}
