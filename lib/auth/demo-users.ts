import { randomInt } from 'node:crypto';
import { record } from '#lib/audit/record.ts';
import { systemActor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { newId } from '#lib/core/ids.ts';
import { isObject } from '#lib/core/json.ts';
import { db, inTransaction, type Tx } from '#lib/db/client.ts';
import type { RoleName } from '#lib/db/generated/enums.ts';
import { createLocalUser } from './create-local-user.ts';
import { open, seal } from './instance-keys.ts';

const SETTING = 'demo';
const SEAL_PURPOSE = 'demo-password';
const PASSWORD_ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';

export type DemoPerson = {
  role: RoleName;
  name: string;
  email: string;
  /** The team that an owner belongs to, joined with the team node of the sample; null: none. */
  team: { name: string; nodeKey: string } | null;
};
export type DemoSignIn = { role: RoleName; name: string; email: string; password: string };
type StoredPerson = Omit<DemoSignIn, 'password'> & { userId: string; sealed: string };

/**
 * Makes one person per role for trying out the sample, and marks the installation as a demo, which every page says.
 * Their passwords are random and kept encrypted, so that a later start can print them again. Throws `conflict` in an
 * installation that has other users: a demo never opens a door into a real one.
 */
export async function createDemoUsers(people: readonly DemoPerson[]): Promise<DemoSignIn[]> {
  const stored = await inTransaction(async (tx) => {
    const before = await storedPeople(tx);
    if (before !== null) return before;
    if ((await tx.user.count({ take: 1 })) > 0)
      throw new AppError(
        'conflict',
        'This installation has users of its own, so no demo users were made. Start the demo with another BAILIWICK_HOME.',
      );
    const made: StoredPerson[] = [];
    for (const person of people) made.push(await makePerson(tx, person));
    await tx.setting.deleteMany({ where: { name: 'setup' } });
    await tx.setting.create({ data: { name: SETTING, value: { people: made } } });
    return made;
  }, 60_000);
  return stored.map(({ role, name, email, sealed }) => {
    return { role, name, email, password: open(Buffer.from(sealed, 'base64'), SEAL_PURPOSE) };
  });
}

/** Whether this installation holds demo people, for the banner on every page. */
export async function isDemo(): Promise<boolean> {
  return (await db().setting.count({ where: { name: SETTING } })) > 0;
}

async function makePerson(tx: Tx, person: DemoPerson): Promise<StoredPerson> {
  const actor = systemActor('cli', 'Command line');
  const { role, name, email, team } = person;
  const password = makePassword();
  const userId = await createLocalUser(tx, actor, { role, name, email, password });
  if (team !== null) {
    const { id } = await tx.team.upsert({
      where: { nodeKey: team.nodeKey },
      create: { id: newId('tem'), ...team },
      update: {},
    });
    await tx.teamMember.create({ data: { teamId: id, userId, lead: true } });
    await record(tx, actor, {
      action: 'team.join',
      subject: `team:${id}`,
      after: { user: userId, lead: true },
    });
  }
  return { role, name, email, userId, sealed: seal(password, SEAL_PURPOSE).toString('base64') };
}

/** Four groups of four characters, 78 random bits, easy to type. */
function makePassword(): string {
  const group = () =>
    Array.from({ length: 4 }, () => PASSWORD_ALPHABET.charAt(randomInt(PASSWORD_ALPHABET.length))).join('');
  return [group(), group(), group(), group()].join('-');
}

async function storedPeople(tx: Tx): Promise<StoredPerson[] | null> {
  const row = await tx.setting.findUnique({ where: { name: SETTING } });
  const people: unknown = isObject(row?.value) ? row.value['people'] : null;
  return Array.isArray(people) ? (people as StoredPerson[]) : null;
}
