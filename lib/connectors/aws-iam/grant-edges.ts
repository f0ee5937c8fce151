import { awsAccountKey } from '#lib/core/keys.ts';
import { ACCESS_LEVELS, type AccessLevel } from '#lib/ontology/edge-kinds.ts';
import { actionLevel } from '../aws/action-level.ts';
import { covers, hasWildcard, overlaps } from '../aws/glob.ts';
import { accountNode, inAccount, stateService } from '../aws/state-nodes.ts';
import type { FactSink } from '../connector.ts';
import { type ConditionContext, conditionsHold, conditionWords } from './conditions.ts';
import { concerns, grantTarget, type GrantTarget } from './grant-target.ts';
import type { Statement } from './policy-document.ts';

/** Actions kept on one edge; how many more there are is said. */
const ACTIONS_MAX = 400;
const QUALIFIER_MAX = 500;

const SERVICE = /^[a-z0-9-]{1,64}$/;

type Reach = { key: string; actions: Set<string>; pattern: string | null; tenant: string; broad: boolean };

/** What a statement reaches, by key of the target. */
type Reached = Map<string, Reach>;

export type PolicyOwner = { key: string; account: string; scope: string };

/** Emits what allow statements (denies already taken off) grant: one edge per statement and target. */
export function emitGrants(
  sink: FactSink,
  policy: PolicyOwner,
  statements: readonly Statement[],
  context: ConditionContext,
): void {
  for (const statement of statements) {
    const holds = conditionsHold(statement.conditions, context);
    if (!statement.allow || holds === 'never') continue;
    const reached: Reached = new Map();
    for (const resource of statement.resources) {
      if (statement.exceptResources.some((except) => covers(except, resource))) continue;
      const target = grantTarget(resource, policy.account);
      if (target === null) sink.unknown('AWS resource that is not an ARN');
      else reachTarget(sink, policy, statement, target, reached);
    }
    for (const reach of reached.values()) emitEdge(sink, policy, statement, reach, holds === 'sometimes');
  }
}

function reachTarget(
  sink: FactSink,
  policy: PolicyOwner,
  statement: Statement,
  target: GrantTarget,
  reached: Reached,
): void {
  for (const action of statement.actions) {
    if (statement.exceptActions.some((except) => covers(except, action))) continue;
    if (target.whole) reachWhole(sink, policy, action, target.service, reached);
    else if (concerns(action, target.service) && !isAssume(action, target.service))
      add(reached, stateResource(sink, policy, target), action);
  }
}

/** Who may assume a role is told by `assumes` edges, which know the trust policy too. */
const isAssume = (action: string, service: string): boolean =>
  service === 'iam' && action.startsWith('sts:assume');

function reachWhole(
  sink: FactSink,
  policy: PolicyOwner,
  action: string,
  only: string | null,
  reached: Reached,
): void {
  const colon = action.indexOf(':');
  const named = colon < 0 ? action : action.slice(0, colon);
  const service = only ?? named;
  if (only !== null && !concerns(action, only)) return;
  if (only !== null && isAssume(action, only)) return;
  if (hasWildcard(service)) {
    sink.node(accountNode(policy.account, 'reference'));
    const key = awsAccountKey(policy.account);
    add(reached, { key, pattern: 'arn:*', tenant: policy.account, broad: true }, action);
  } else if (!SERVICE.test(service)) sink.unknown('AWS action that names no service');
  else {
    const key = stateService(sink, policy.account, service, 'reference');
    add(reached, { key, pattern: `arn:*:${service}:*`, tenant: policy.account, broad: false }, action);
  }
}

function add(reached: Reached, reach: Omit<Reach, 'actions'>, action: string): void {
  const known = reached.get(reach.key);
  if (known === undefined) reached.set(reach.key, { ...reach, actions: new Set([action]) });
  else known.actions.add(action);
}

function stateResource(
  sink: FactSink,
  policy: PolicyOwner,
  target: Extract<GrantTarget, { whole: false }>,
): Omit<Reach, 'actions'> {
  const account = target.account ?? policy.account;
  const { key, name, type, glob } = target;
  const node = { ...inAccount(account), key, kind: 'resource', standing: 'reference', name, type } as const;
  sink.node(glob === null ? node : { ...node, props: { pattern: true } });
  // A bucket's ARN does not say whose it is: only an ARN with an account is placed under its service.
  if (target.account !== null && /^\d+$/.test(target.account)) {
    const service = stateService(sink, account, target.service, 'reference');
    sink.edge({ from: service, kind: 'contains', to: key });
  }
  return { key, pattern: glob, tenant: account, broad: false };
}

function emitEdge(
  sink: FactSink,
  policy: PolicyOwner,
  statement: Statement,
  reach: Reach,
  sometimes: boolean,
): void {
  const actions = [...reach.actions];
  const limits = limitsOf(statement, actions);
  const conditions = conditionWords(statement.conditions);
  const isForeign = reach.tenant !== policy.account;
  if (isForeign) conditions.push('the other account allows it too');
  const conditional = sometimes || isForeign;
  sink.edge(
    {
      from: policy.key,
      kind: 'grants',
      to: reach.key,
      qualifier: statement.name.slice(0, QUALIFIER_MAX),
      level: reach.broad ? broadLevel(statement, actions) : highestLevel(actions),
      ...(conditional ? { conditional } : {}),
      ...(limits.length > 0 ? { limited: true } : {}),
      ...(reach.pattern === null ? {} : { pattern: { tenant: reach.tenant, glob: reach.pattern } }),
      props: {
        actions: actions.slice(0, ACTIONS_MAX),
        ...(actions.length > ACTIONS_MAX ? { actionsOmitted: actions.length - ACTIONS_MAX } : {}),
        ...(conditions.length > 0 ? { conditions } : {}),
        ...(limits.length > 0 ? { limitedBy: limits } : {}),
        ...(reach.broad ? { broad: true } : {}),
      },
    },
    policy.scope,
  );
}

function limitsOf(statement: Statement, actions: readonly string[]): string[] {
  const limits = [...statement.limitedBy];
  const except = statement.exceptActions.filter((pattern) =>
    actions.some((action) => overlaps(pattern, action)),
  );
  if (except.length > 0) limits.push(`except ${except.slice(0, 20).join(', ')}`);
  if (statement.exceptResources.length > 0)
    limits.push(`except on ${statement.exceptResources.slice(0, 20).join(', ')}`);
  return limits;
}

function highestLevel(actions: readonly string[]): AccessLevel {
  let highest: AccessLevel = 'read';
  for (const action of actions) {
    const level = actionLevel(action);
    if (ACCESS_LEVELS[level] > ACCESS_LEVELS[highest]) highest = level;
  }
  return highest;
}

/**
 * Who may do everything but a part of iam does not administer the account; how it can come to do so all the same is
 * told by `escalates` edges.
 */
function broadLevel(statement: Statement, actions: readonly string[]): AccessLevel {
  const level = highestLevel(actions);
  if (level !== 'admin') return level;
  return isAdministration(statement) ? 'admin' : 'write';
}

export function isAdministration(statement: Statement): boolean {
  return (
    statement.actions.some((action) => action === '*' || action === '*:*') &&
    statement.resources.includes('*') &&
    !statement.exceptActions.some((except) => overlaps(except, 'iam:*') || overlaps(except, 'sts:*')) &&
    statement.exceptResources.length === 0
  );
}
