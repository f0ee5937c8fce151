import { covers } from '../aws/glob.ts';
import type { Accounts } from './account.ts';
import type { PrincipalRecord } from './account-records.ts';
import { isIdentityCenter, isServiceLinked } from './emit-principals.ts';
import type { Assumable } from './emit-trust.ts';
import { type Gain, TECHNIQUES, type Technique } from './escalations.ts';
import type { Permissions, Verdict } from './permissions.ts';

/** One technique that one principal can use, and whom it becomes by it. */
export type Escalation = {
  technique: Technique;
  /** ARN of a principal, or null for the administrator of the account. */
  becomes: string | null;
  actions: readonly string[];
  statements: readonly string[];
  /** In words; empty where nothing more is needed. */
  conditions: readonly string[];
};

type Case = {
  accounts: Accounts;
  self: PrincipalRecord;
  permissions: Permissions;
  assumable: ReadonlySet<string>;
};

/**
 * The techniques open to a user, a role, or the members of a group. An administrator needs none. One that can unconditionally give itself
 * everything gains nothing by the others, so only those that do it are returned.
 */
export function findEscalations(
  accounts: Accounts,
  self: PrincipalRecord,
  assumable: Assumable,
): Escalation[] {
  const permissions = accounts.permissionsOf(self);
  if (permissions.administers || permissions.allows.length === 0 || isServiceLinked(self)) return [];
  const one: Case = { accounts, self, permissions, assumable: assumable.by(self.arn) };
  const found = TECHNIQUES.flatMap((technique) => escalationsBy(one, technique));
  const whole = found.filter(
    (escalation) => escalation.becomes === null && escalation.conditions.length === 0,
  );
  return whole.length > 0 ? whole : found;
}

function escalationsBy(one: Case, technique: Technique): Escalation[] {
  const { gain } = technique;
  if (gain.kind === 'own_policy') return changeOwnPolicy(one, technique, gain);
  if (gain.kind === 'take_over') return takeOver(one, technique, gain);
  return runCode(one, technique, gain);
}

const escalation = (
  technique: Technique,
  becomes: string | null,
  uses: readonly { action: string; verdict: Verdict }[],
  conditions: readonly string[] = [],
): Escalation => ({
  technique,
  becomes,
  actions: uses.map((use) => use.action),
  statements: [...new Set(uses.map((use) => use.verdict.statement))],
  conditions: [...new Set([...uses.flatMap((use) => use.verdict.conditions), ...conditions])],
});

/** The principals whose policies the principal feels at once: itself, its groups, the roles that it may assume. */
function within(one: Case): PrincipalRecord[] {
  const roles = [...one.assumable].flatMap((arn) => one.accounts.principals.get(arn) ?? []);
  return [one.self, ...one.accounts.groupsOf(one.self), ...roles.filter((role) => !isServiceLinked(role))];
}

function changeOwnPolicy(
  one: Case,
  technique: Technique,
  gain: Extract<Gain, { kind: 'own_policy' }>,
): Escalation[] {
  const caveat = gain.caveat === undefined ? [] : [gain.caveat];
  const targets =
    gain.of === 'policy' ? attachedPolicies(one) : within(one).filter((record) => record.list === gain.of);
  const arns = targets.map((target) => (typeof target === 'string' ? target : target.arn));
  const verdicts = arns.flatMap((arn) => one.permissions.on(gain.action, arn) ?? []);
  const best = verdicts.find((verdict) => verdict.holds === 'always') ?? verdicts[0];
  if (best !== undefined)
    return [escalation(technique, null, [{ action: gain.action, verdict: best }], caveat)];
  return changeOthers(one, technique, gain);
}

/** Customer-managed policies that the principal feels; those of AWS have versions of AWS alone. */
function attachedPolicies(one: Case): string[] {
  const arns = within(one).flatMap((record) => record.attached);
  return [...new Set(arns)].filter((arn) => !arn.includes(':iam::aws:'));
}

/** It may change others and act as none of them: a step that someone else would have to complete. */
function changeOthers(
  one: Case,
  technique: Technique,
  gain: Extract<Gain, { kind: 'own_policy' }>,
): Escalation[] {
  const { account } = one.self;
  const arns =
    gain.of === 'policy'
      ? [...one.accounts.policies.values()]
          .filter((policy) => policy.account === account)
          .map((policy) => policy.arn)
      : changeable(one, gain.of).map((record) => record.arn);
  for (const arn of arns) {
    const verdict = one.permissions.on(gain.action, arn);
    if (verdict === null) continue;
    const words = [
      `it comes to act as a ${gain.of === 'policy' ? 'holder of the policy' : gain.of} that it changed`,
    ];
    return [escalation(technique, null, [{ action: gain.action, verdict }], words)];
  }
  return [];
}

/** AWS lets nobody change service-linked roles and those of Identity Center. */
function changeable(one: Case, list: PrincipalRecord['list']): PrincipalRecord[] {
  return one.accounts
    .ofAccount(one.self.account, list)
    .filter((record) => record.arn !== one.self.arn && !isServiceLinked(record) && !isIdentityCenter(record));
}

function takeOver(one: Case, technique: Technique, gain: Extract<Gain, { kind: 'take_over' }>): Escalation[] {
  if (one.permissions.anywhere(gain.action) === null) return [];
  return changeable(one, gain.of).flatMap((target) => {
    if (gain.of === 'group' && one.self.groups.includes(target.name)) return [];
    const verdict = one.permissions.on(gain.action, target.arn);
    if (verdict === null) return [];
    const caveats = gain.caveat === undefined || target.hasPassword ? [] : [gain.caveat];
    if (gain.of === 'group' && one.self.list === 'role')
      caveats.push('it comes to act as a user that it added');
    return [escalation(technique, target.arn, [{ action: gain.action, verdict }], caveats)];
  });
}

type Running = Extract<Gain, { kind: 'pass_role' | 'existing_compute' }>;

function runCode(one: Case, technique: Technique, gain: Running): Escalation[] {
  const uses = gain.needs.map((anyOf) => firstAllowed(one.permissions, anyOf));
  const allowed = uses.flatMap((use) => use ?? []);
  if (allowed.length < uses.length) return [];
  return one.accounts.ofAccount(one.self.account, 'role').flatMap((role) => {
    if (role.arn === one.self.arn || !trusts(role, gain.service)) return [];
    // An instance gets its role by an instance profile: a role without one cannot be had this way.
    if (gain.service === 'ec2.amazonaws.com' && role.instanceProfiles.length === 0) return [];
    if (gain.kind === 'existing_compute') return [escalation(technique, role.arn, allowed, [gain.caveat])];
    const verdict = one.permissions.on('iam:PassRole', role.arn, gain.service);
    if (verdict === null) return [];
    return [escalation(technique, role.arn, [{ action: 'iam:PassRole', verdict }, ...allowed])];
  });
}

function firstAllowed(
  permissions: Permissions,
  anyOf: readonly string[],
): { action: string; verdict: Verdict } | null {
  let best: { action: string; verdict: Verdict } | null = null;
  for (const action of anyOf) {
    const verdict = permissions.anywhere(action);
    if (verdict?.holds === 'always') return { action, verdict };
    if (verdict !== null) best ??= { action, verdict };
  }
  return best;
}

function trusts(role: PrincipalRecord, service: string): boolean {
  return role.trust.some(
    (statement) =>
      statement.allow &&
      statement.actions.some((action) => covers(action.toLowerCase(), 'sts:assumerole')) &&
      statement.principals.some(({ form, value }) => form === 'Service' && value.toLowerCase() === service),
  );
}
