import { describe, expect, it } from 'vitest';
import { awsAccountKey, awsAdministratorKey } from '#lib/core/keys.ts';
import type { EdgeFact } from '../facts.ts';
import { collect } from '../testing/collect.ts';
import type { Collected } from '../testing/collected.ts';
import { hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { awsIam } from './connector.ts';

const FILE = 'aws-iam/cloudsplaining/account-authorization-details.json';
const LAB = '200611803367';
const iam = (rest: string): string => `arn:aws:iam::${LAB}:${rest}`;
const PASSED = iam('role/privesc-high-priv-service-role');
const ADMINISTRATOR = awsAdministratorKey(LAB);

/** The technique each principal of the laboratory is named after, whom it leads to, and what has to be true besides. */
type Case = { name: string; technique: string; to: string; user: 'sure' | 'maybe'; role: 'sure' | 'maybe' };

const own = (name: string, technique: string, user: Case['user'], role: Case['role']): Case => ({
  name,
  technique,
  to: ADMINISTRATOR,
  user,
  role,
});
const both = (name: string, technique: string, to: string, sure: Case['user'] = 'sure'): Case => ({
  name,
  technique,
  to,
  user: sure,
  role: sure,
});

const CASES: readonly Case[] = [
  own('privesc1-CreateNewPolicyVersion', 'CreateNewPolicyVersion', 'sure', 'sure'),
  own('privesc2-SetExistingDefaultPolicyVersion', 'SetExistingDefaultPolicyVersion', 'maybe', 'maybe'),
  both('privesc3-CreateEC2WithExistingInstanceProfile', 'CreateEC2WithExistingInstanceProfile', PASSED),
  both('privesc4-CreateAccessKey', 'CreateAccessKey', iam('user/privesc-sre-user')),
  both('privesc5-CreateLoginProfile', 'CreateLoginProfile', iam('user/privesc-sre-user')),
  both('privesc6-UpdateLoginProfile', 'UpdateLoginProfile', iam('user/privesc-sre-user'), 'maybe'),
  // A role has no user of its own to change, a user no role that it may take: someone has to complete the step.
  own('privesc7-AttachUserPolicy', 'AttachUserPolicy', 'sure', 'maybe'),
  own('privesc8-AttachGroupPolicy', 'AttachGroupPolicy', 'sure', 'maybe'),
  own('privesc9-AttachRolePolicy', 'AttachRolePolicy', 'maybe', 'sure'),
  own('privesc10-PutUserPolicy', 'PutUserPolicy', 'sure', 'maybe'),
  own('privesc11-PutGroupPolicy', 'PutGroupPolicy', 'sure', 'maybe'),
  own('privesc12-PutRolePolicy', 'PutRolePolicy', 'maybe', 'sure'),
  { ...both('privesc13-AddUserToGroup', 'AddUserToGroup', iam('group/privesc-sre-group')), role: 'maybe' },
  both('privesc14-UpdatingAssumeRolePolicy', 'UpdateRolePolicyToAssumeIt', PASSED),
  both('privesc15-PassExistingRoleToNewLambdaThenInvoke', 'PassExistingRoleToNewLambdaThenInvoke', PASSED),
  both(
    'privesc16-PassRoleToNewLambdaThenTriggerWithNewDynamo',
    'PassExistingRoleToNewLambdaThenTriggerWithEventSource',
    PASSED,
  ),
  both('privesc17-EditExistingLambdaFunctionWithRole', 'EditExistingLambdaFunctionWithRole', PASSED, 'maybe'),
  both('privesc18-PassExistingRoleToNewGlueDevEndpoint', 'PassExistingRoleToNewGlueDevEndpoint', PASSED),
  both('privesc19-UpdateExistingGlueDevEndpoint', 'UpdateExistingGlueDevEndpoint', PASSED, 'maybe'),
  both('privesc20-PassExistingRoleToCloudFormation', 'PassExistingRoleToCloudFormation', PASSED),
  both('privesc21-PassExistingRoleToNewDataPipeline', 'PassExistingRoleToNewDataPipeline', PASSED),
  both('privesc-CloudFormationUpdateStack', 'CloudFormationUpdateStack', PASSED, 'maybe'),
  both('privesc-codeBuildCreateProjectPassRole', 'CodeBuildCreateProjectPassRole', PASSED),
  both('privesc-ec2InstanceConnect', 'EC2InstanceConnect', PASSED, 'maybe'),
  both('privesc-sageMakerCreateNotebookPassRole', 'SageMakerCreateNotebookPassRole', PASSED),
  both('privesc-sageMakerCreatePresignedNotebookURL', 'SageMakerCreatePresignedNotebookURL', PASSED, 'maybe'),
  both('privesc-sageMakerCreateProcessingJobPassRole', 'SageMakerCreateProcessingJobPassRole', PASSED),
  both('privesc-sageMakerCreateTrainingJobPassRole', 'SageMakerCreateTrainingJobPassRole', PASSED),
  both('privesc-ssmSendCommand', 'SSMSendCommand', PASSED, 'maybe'),
  both('privesc-ssmStartSession', 'SSMStartSession', PASSED, 'maybe'),
  own('privesc-sre', 'PutGroupPolicy', 'sure', 'sure'),
  both('fn1-privesc3-partial', 'CreateEC2WithExistingInstanceProfile', PASSED),
  own('fn2-exploitableResourceConstraint', 'CreateNewPolicyVersion', 'sure', 'sure'),
  own('fn3-exploitableConditionConstraint', 'CreateNewPolicyVersion', 'sure', 'sure'),
];

/** Principals that the laboratory names as traps: they look as if they could escalate and cannot. */
const TRAPS = [
  'fp1-allow-and-deny',
  'fp2-allow-and-deny-multiple-policies',
  'fp3-deny-iam',
  'fp4-nonExploitableResourceConstraint',
  'fp5-nonExploitableConditionConstraint',
];

const STEPS = new Set<EdgeFact['kind']>(['member_of', 'attached', 'assumes', 'escalates']);

/** Naive walk over unconditional edges: whether the principal ends up administering the account. */
function administers(facts: Collected, start: string, account: string): boolean {
  const seen = new Set([start]);
  const queue = [start];
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    for (const edge of facts.edges) {
      if (edge.from !== key || edge.conditional === true) continue;
      if (edge.kind === 'grants' && edge.to === awsAccountKey(account) && edge.level === 'admin') return true;
      if (!STEPS.has(edge.kind) || seen.has(edge.to)) continue;
      seen.add(edge.to);
      queue.push(edge.to);
    }
  }
  return false;
}

describe.skipIf(!hasSharedData)('the privilege-escalation laboratory', () => {
  const facts = collect(awsIam, sharedInputs(FILE));
  const escalations = facts.edgesOf('escalates');

  it.each(CASES)('finds $technique on the user and the role named $name, with its reason', (one) => {
    for (const list of ['user', 'role'] as const) {
      const from = iam(`${list}/${one.name}-${list}`);
      const technique = one.name === 'privesc-sre' && list === 'role' ? 'PutRolePolicy' : one.technique;
      const edge = escalations.find(
        (candidate) =>
          candidate.from === from && candidate.to === one.to && candidate.qualifier === technique,
      );
      expect(edge, `${technique} from ${from}`).toBeDefined();
      expect(edge?.conditional === true ? 'maybe' : 'sure', from).toBe(one[list]);
      expect(edge?.props?.['actions']).not.toHaveLength(0);
      expect(edge?.props?.['statements']).not.toHaveLength(0);
      expect(edge?.props?.['reference']).toBeTypeOf('string');
      if (edge?.conditional === true) expect(edge.props?.['conditions']).not.toHaveLength(0);
    }
  });

  it('covers every principal of the laboratory that is named after a technique', () => {
    const covered = new Set(CASES.flatMap((one) => [`${one.name}-user`, `${one.name}-role`]));
    const named = [...facts.nodes.values()]
      .filter((node) => node.standing === 'inventory' && /^(?:privesc|fn)/.test(node.name ?? ''))
      .filter((node) => node.kind === 'role' || node.kind === 'service_account')
      .map((node) => node.name ?? '');
    expect(named.filter((name) => !covered.has(name)).sort()).toEqual([
      // NotAction: tested below; chain of roles: tested below; the rest holds or passes the role, or has nothing.
      'fn4-exploitableNotAction-role',
      'fn4-exploitableNotAction-user',
      'privesc-AssumeRole-ending-role',
      'privesc-AssumeRole-intermediate-role',
      'privesc-AssumeRole-start-user',
      'privesc-AssumeRole-starting-role',
      'privesc-high-priv-service-role',
      'privesc-permissive-role-trust',
    ]);
  });

  it('finds what NotAction leaves open, and none of what it leaves out', () => {
    const by = (from: string): (string | undefined)[] =>
      escalations.filter((edge) => edge.from === iam(from)).map((edge) => edge.qualifier);
    expect(by('user/fn4-exploitableNotAction-user')).toContain('PutUserPolicy');
    expect(by('role/fn4-exploitableNotAction-role')).toContain('PutRolePolicy');
    expect(by('user/fn4-exploitableNotAction-user')).not.toContain('CreateNewPolicyVersion');
    expect(by('role/fn4-exploitableNotAction-role')).not.toContain('AttachRolePolicy');
  });

  it('finds the chain of roles that ends with an administrator', () => {
    expect(facts.triples('assumes')).toEqual(
      expect.arrayContaining([
        `${iam('role/privesc-AssumeRole-starting-role')} assumes ${iam('role/privesc-AssumeRole-intermediate-role')}`,
        `${iam('role/privesc-AssumeRole-intermediate-role')} assumes ${iam('role/privesc-AssumeRole-ending-role')}`,
        `${iam('user/privesc-sre-user')} assumes ${iam('role/privesc-sre-role')}`,
      ]),
    );
    expect(administers(facts, iam('role/privesc-AssumeRole-starting-role'), LAB)).toBe(true);
  });

  it.each(TRAPS)('calls neither the user nor the role %s administrative or able to become so', (name) => {
    for (const list of ['user', 'role'] as const) {
      const key = iam(`${list}/${name}-${list}`);
      expect(facts.nodes.get(key)?.standing, key).toBe('inventory');
      expect(escalations.filter((edge) => edge.from === key)).toEqual([]);
      expect(administers(facts, key, LAB)).toBe(false);
      expect(facts.edges.filter((edge) => edge.from === key && edge.to === ADMINISTRATOR)).toEqual([]);
    }
  });

  it('calls nobody administrative who neither is so nor can become so without conditions', () => {
    const sure = new Set(
      CASES.filter((one) => one.to === ADMINISTRATOR || one.to === PASSED).flatMap((one) =>
        (['user', 'role'] as const)
          .filter((list) => one[list] === 'sure')
          .map((list) => iam(`${list}/${one.name}-${list}`)),
      ),
    );
    const others = [...facts.nodes.values()]
      .filter((node) => node.standing === 'inventory' && node.tenant === LAB && node.managed !== true)
      .filter((node) => node.kind === 'role' || node.kind === 'service_account')
      .filter((node) => administers(facts, node.key, LAB) && !sure.has(node.key))
      .map((node) => node.key.slice(iam('').length));
    expect(others.sort()).toEqual([
      // May assume a role whose policies give everything.
      'role/AWS-QuickSetup-StackSet-Local-AdministrationRole',
      'role/AWS-QuickSetup-StackSet-Local-ExecutionRole',
      'role/OrganizationAccountAccessRole',
      'role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_dc6414f7f2ab04fc',
      'role/fn4-exploitableNotAction-role',
      'role/privesc-AssumeRole-ending-role',
      'role/privesc-AssumeRole-intermediate-role',
      'role/privesc-AssumeRole-starting-role',
      'role/privesc-high-priv-service-role',
      // Takes over the user privesc-sre-user, which can give itself everything.
      'role/privesc4-CreateAccessKey-role',
      'role/privesc5-CreateLoginProfile-role',
      'role/stacksets-exec-b5520cb2730c2f54b523d6375a319abb',
      'user/fn4-exploitableNotAction-user',
      // Joins the group of privesc-sre-user.
      'user/privesc13-AddUserToGroup-user',
      'user/privesc4-CreateAccessKey-user',
      'user/privesc5-CreateLoginProfile-user',
    ]);
  });
});
