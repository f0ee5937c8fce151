/**
 * Named techniques by which a principal of an AWS account comes to hold what it was not given. Names and conditions
 * follow "AWS IAM Privilege Escalation – Methods and Mitigation" (Rhino Security Labs, 2018 and 2019), the iam-vulnerable
 * laboratory (Bishop Fox, 2021) and the AWS documentation of the actions.
 */
type Source = 'Rhino Security Labs' | 'Bishop Fox iam-vulnerable';

export type Technique = {
  readonly name: string;
  readonly source: Source;
  readonly gain: Gain;
};

export type Gain =
  /** Changes the policies of the principal itself (or of its group, or of a role it may assume): it may grant itself all. */
  | { kind: 'own_policy'; action: string; of: 'user' | 'group' | 'role' | 'policy'; caveat?: string }
  /** Takes over other principals one by one: `action` on their ARN is enough. */
  | { kind: 'take_over'; action: string; of: 'user' | 'group' | 'role'; caveat?: string }
  /** Hands a role to a new piece of computing that runs the principal's own code. Each inner list: any one of. */
  | { kind: 'pass_role'; needs: readonly (readonly string[])[]; service: string }
  /** Runs its own code on computing that exists and has a role. */
  | { kind: 'existing_compute'; needs: readonly (readonly string[])[]; service: string; caveat: string };

const RHINO = 'Rhino Security Labs';
const BISHOP = 'Bishop Fox iam-vulnerable';

const own = (
  name: string,
  action: string,
  of: 'user' | 'group' | 'role' | 'policy',
  caveat?: string,
): Technique => ({
  name,
  source: RHINO,
  gain: { kind: 'own_policy', action, of, ...(caveat === undefined ? {} : { caveat }) },
});

const takeOver = (
  name: string,
  action: string,
  of: 'user' | 'group' | 'role',
  caveat?: string,
): Technique => ({
  name,
  source: RHINO,
  gain: { kind: 'take_over', action, of, ...(caveat === undefined ? {} : { caveat }) },
});

const pass = (
  name: string,
  service: string,
  needs: readonly (readonly string[])[],
  source: Source = RHINO,
): Technique => ({
  name,
  source,
  gain: { kind: 'pass_role', needs, service },
});

const existing = (
  name: string,
  service: string,
  needs: readonly string[],
  caveat: string,
  source: Source = RHINO,
): Technique => ({ name, source, gain: { kind: 'existing_compute', needs: [needs], service, caveat } });

export const TECHNIQUES: readonly Technique[] = [
  own('CreateNewPolicyVersion', 'iam:CreatePolicyVersion', 'policy'),
  own(
    'SetExistingDefaultPolicyVersion',
    'iam:SetDefaultPolicyVersion',
    'policy',
    'another version of the policy grants more',
  ),
  own('AttachUserPolicy', 'iam:AttachUserPolicy', 'user'),
  own('AttachGroupPolicy', 'iam:AttachGroupPolicy', 'group'),
  own('AttachRolePolicy', 'iam:AttachRolePolicy', 'role'),
  own('PutUserPolicy', 'iam:PutUserPolicy', 'user'),
  own('PutGroupPolicy', 'iam:PutGroupPolicy', 'group'),
  own('PutRolePolicy', 'iam:PutRolePolicy', 'role'),
  takeOver('CreateAccessKey', 'iam:CreateAccessKey', 'user'),
  takeOver('CreateLoginProfile', 'iam:CreateLoginProfile', 'user'),
  takeOver('UpdateLoginProfile', 'iam:UpdateLoginProfile', 'user', 'the user has a console password'),
  takeOver('AddUserToGroup', 'iam:AddUserToGroup', 'group'),
  takeOver('UpdateRolePolicyToAssumeIt', 'iam:UpdateAssumeRolePolicy', 'role'),
  pass('CreateEC2WithExistingInstanceProfile', 'ec2.amazonaws.com', [['ec2:RunInstances']]),
  pass('PassExistingRoleToNewLambdaThenInvoke', 'lambda.amazonaws.com', [
    ['lambda:CreateFunction'],
    ['lambda:InvokeFunction'],
  ]),
  pass('PassExistingRoleToNewLambdaThenTriggerWithEventSource', 'lambda.amazonaws.com', [
    ['lambda:CreateFunction'],
    ['lambda:CreateEventSourceMapping'],
  ]),
  pass(
    'PassExistingRoleToNewLambdaThenAddPermission',
    'lambda.amazonaws.com',
    [['lambda:CreateFunction'], ['lambda:AddPermission']],
    BISHOP,
  ),
  pass('PassExistingRoleToNewGlueDevEndpoint', 'glue.amazonaws.com', [['glue:CreateDevEndpoint']]),
  pass(
    'PassExistingRoleToGlueJob',
    'glue.amazonaws.com',
    [
      ['glue:CreateJob', 'glue:UpdateJob'],
      ['glue:StartJobRun', 'glue:CreateTrigger'],
    ],
    BISHOP,
  ),
  pass('PassExistingRoleToCloudFormation', 'cloudformation.amazonaws.com', [['cloudformation:CreateStack']]),
  pass('PassExistingRoleToNewDataPipeline', 'datapipeline.amazonaws.com', [
    ['datapipeline:CreatePipeline'],
    ['datapipeline:PutPipelineDefinition'],
    ['datapipeline:ActivatePipeline'],
  ]),
  pass('PassExistingRoleToNewCodeStarProject', 'codestar.amazonaws.com', [['codestar:CreateProject']]),
  pass(
    'SageMakerCreateNotebookPassRole',
    'sagemaker.amazonaws.com',
    [['sagemaker:CreateNotebookInstance'], ['sagemaker:CreatePresignedNotebookInstanceUrl']],
    BISHOP,
  ),
  pass(
    'SageMakerCreateTrainingJobPassRole',
    'sagemaker.amazonaws.com',
    [['sagemaker:CreateTrainingJob']],
    BISHOP,
  ),
  pass(
    'SageMakerCreateProcessingJobPassRole',
    'sagemaker.amazonaws.com',
    [['sagemaker:CreateProcessingJob']],
    BISHOP,
  ),
  pass(
    'CodeBuildCreateProjectPassRole',
    'codebuild.amazonaws.com',
    [['codebuild:CreateProject'], ['codebuild:StartBuild', 'codebuild:StartBuildBatch']],
    BISHOP,
  ),
  pass(
    'EcsRunTaskPassRole',
    'ecs-tasks.amazonaws.com',
    [
      ['ecs:RegisterTaskDefinition'],
      ['ecs:RunTask', 'ecs:StartTask', 'ecs:CreateService', 'ecs:UpdateService'],
    ],
    BISHOP,
  ),
  pass(
    'StateMachinePassRole',
    'states.amazonaws.com',
    [['states:CreateStateMachine', 'states:UpdateStateMachine'], ['states:StartExecution']],
    BISHOP,
  ),
  existing(
    'EditExistingLambdaFunctionWithRole',
    'lambda.amazonaws.com',
    ['lambda:UpdateFunctionCode'],
    'a function that it may change runs with this role',
  ),
  existing(
    'UpdateExistingGlueDevEndpoint',
    'glue.amazonaws.com',
    ['glue:UpdateDevEndpoint'],
    'a development endpoint that it may change runs with this role',
  ),
  existing(
    'CloudFormationUpdateStack',
    'cloudformation.amazonaws.com',
    ['cloudformation:UpdateStack'],
    'a stack that it may change was made with this role',
    BISHOP,
  ),
  existing(
    'SageMakerCreatePresignedNotebookURL',
    'sagemaker.amazonaws.com',
    ['sagemaker:CreatePresignedNotebookInstanceUrl'],
    'a notebook that it may open runs with this role',
    BISHOP,
  ),
  existing(
    'SSMSendCommand',
    'ec2.amazonaws.com',
    ['ssm:SendCommand'],
    'a managed instance runs with this role',
    BISHOP,
  ),
  existing(
    'SSMStartSession',
    'ec2.amazonaws.com',
    ['ssm:StartSession'],
    'a managed instance runs with this role',
    BISHOP,
  ),
  existing(
    'EC2InstanceConnect',
    'ec2.amazonaws.com',
    ['ec2-instance-connect:SendSSHPublicKey', 'ec2-instance-connect:SendSerialConsoleSSHPublicKey'],
    'an instance that it reaches over the network runs with this role',
    BISHOP,
  ),
];
