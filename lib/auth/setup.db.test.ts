import { describe, expect, it } from 'vitest';
import { db } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { createDemoUsers } from './demo-users.ts';
import { completeSetup, ensureSetupCode, isSetUp } from './setup.ts';
import { signIn, TEST_PASSWORD } from './test-sign-in.ts';

useTestDatabase();
const origin = { address: '192.0.2.1', requestId: 'req_1' };
const person = { name: 'First', email: 'first@example.org', password: TEST_PASSWORD };

describe('first set-up', () => {
  it('makes one administrator with the code from the console, which then is used up', async () => {
    expect(await isSetUp()).toBe(false);
    const older = await ensureSetupCode();
    const code = await ensureSetupCode();
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(JSON.stringify(await db().setting.findMany())).not.toContain(code);
    await expect(completeSetup({ ...person, code: 'AAAAA-AAAAA' }, origin)).rejects.toThrow('set-up code');
    await expect(completeSetup({ ...person, code: code ?? '', password: 'short' }, origin)).rejects.toThrow(
      '12',
    );
    expect(await isSetUp()).toBe(false);
    const attempts = [older, code, code].map((each) =>
      completeSetup(
        { ...person, email: `${Math.random()}@example.org`, code: each?.toLowerCase() ?? '' },
        origin,
      ),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await db().user.findMany({ select: { role: true } })).toEqual([{ role: 'administrator' }]);
    expect(await isSetUp()).toBe(true);
    expect(await ensureSetupCode()).toBeNull();
    await expect(completeSetup({ ...person, code: code ?? '' }, origin)).rejects.toThrow('already');
  });

  it('makes no demo people beside real ones', async () => {
    await expect(createDemoUsers([])).rejects.toThrow('users of its own');
  });
});

describe('demo people', () => {
  it('sign in with the printed passwords, which are the same at the next start and stand nowhere in clear', async () => {
    await db().user.deleteMany();
    const people = [
      {
        role: 'owner',
        name: 'Owner',
        email: 'owner@sample.example',
        team: { name: 'Payments', nodeKey: 'backstage://default/group/payments' },
      },
      { role: 'auditor', name: 'Auditor', email: 'auditor@sample.example', team: null },
    ] as const;
    const first = await createDemoUsers(people);
    expect(await createDemoUsers(people)).toEqual(first);
    for (const { email, password } of first) {
      expect((await signIn(email, password)).response.status).toBe(200);
      expect(JSON.stringify(await db().setting.findMany())).not.toContain(password);
    }
    expect(await db().teamMember.count()).toBe(1);
  });
});
