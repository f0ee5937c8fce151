import { covers, intersection, overlaps } from '../aws/glob.ts';
import { type ConditionContext, conditionsHold } from './conditions.ts';
import type { Statement } from './policy-document.ts';

/** More pairs than this of an allow and a boundary are left as they are and called limited. */
const PAIRS_MAX = 50_000;

export const allowsOf = (statements: readonly Statement[]): Statement[] =>
  statements.filter((one) => one.allow);
export const deniesOf = (statements: readonly Statement[]): Statement[] =>
  statements.filter((one) => !one.allow);

const word = (statement: Statement): string => `${statement.policy} (${statement.name})`;

type Cover = 'whole' | 'part' | 'none';

/** How much of a pattern a list of patterns takes, less its exceptions. */
function takes(patterns: readonly string[], except: readonly string[], pattern: string): Cover {
  const whole = patterns.some((other) => covers(other, pattern));
  if (!whole && !patterns.some((other) => overlaps(other, pattern))) return 'none';
  if (except.some((other) => covers(other, pattern))) return 'none';
  return whole && !except.some((other) => overlaps(other, pattern)) ? 'whole' : 'part';
}

/**
 * What is left of allow statements after the denies: an unconditional deny removes the actions or resources that it
 * covers wholly; where it covers a part, the statement stays and says what limits it. Resources and actions of one
 * statement are a product, so a statement is cut along one of the two only where the deny covers all of the other.
 */
export function subtractDenies(
  allows: readonly Statement[],
  denies: readonly Statement[],
  context: ConditionContext,
): Statement[] {
  let left = allows.filter((statement) => conditionsHold(statement.conditions, context) !== 'never');
  for (const deny of denies) {
    const holds = conditionsHold(deny.conditions, context);
    if (holds === 'never') continue;
    left = left.flatMap((allow) => subtract(allow, deny, holds === 'always'));
  }
  return left;
}

function subtract(allow: Statement, deny: Statement, unconditional: boolean): Statement[] {
  const byAction = allow.actions.map((action) => takes(deny.actions, deny.exceptActions, action));
  const byResource = allow.resources.map((resource) => takes(deny.resources, deny.exceptResources, resource));
  if (byAction.every((cover) => cover === 'none') || byResource.every((cover) => cover === 'none'))
    return [allow];
  const limited = (part: Partial<Statement>): Statement => ({
    ...allow,
    ...part,
    limitedBy: [...new Set([...allow.limitedBy, `Deny ${word(deny)}`])],
  });
  if (!unconditional) return [limited({})];
  const kept = keptByException(allow, deny, byAction, byResource);
  if (kept !== null) return kept.actions.length > 0 && kept.resources.length > 0 ? [limited(kept)] : [];
  if (byResource.every((cover) => cover === 'whole')) {
    const actions = allow.actions.filter((_, index) => byAction[index] !== 'whole');
    if (actions.length === 0) return [];
    if (!byAction.includes('part')) return [{ ...allow, actions }];
    // The deny takes these actions on every resource here, which is exactly what an exception says.
    const exceptions = deny.exceptActions.length > 0 ? [] : deny.actions;
    return [limited({ actions, exceptActions: [...allow.exceptActions, ...exceptions] })];
  }
  if (byAction.every((cover) => cover === 'whole')) {
    const resources = allow.resources.filter((_, index) => byResource[index] !== 'whole');
    if (resources.length === 0) return [];
    if (!byResource.includes('part')) return [{ ...allow, resources }];
    const exceptions = deny.exceptResources.length > 0 ? [] : deny.resources;
    return [limited({ resources, exceptResources: [...allow.exceptResources, ...exceptions] })];
  }
  return [limited({})];
}

/** A deny of everything except X (or everywhere except X) leaves of an allow what it shares with X. */
function keptByException(
  allow: Statement,
  deny: Statement,
  byAction: readonly Cover[],
  byResource: readonly Cover[],
): Pick<Statement, 'actions' | 'resources'> | null {
  const { exceptActions, exceptResources, actions, resources } = deny;
  if (exceptActions.length > 0 && actions.includes('*') && byResource.every((cover) => cover === 'whole'))
    return { actions: meet(allow.actions, exceptActions), resources: allow.resources };
  if (exceptResources.length > 0 && resources.includes('*') && byAction.every((cover) => cover === 'whole'))
    return { actions: allow.actions, resources: meet(allow.resources, exceptResources) };
  return null;
}

/** What both an identity's policies and its permissions boundary allow. */
export function withinBoundary(allows: readonly Statement[], boundary: readonly Statement[]): Statement[] {
  const ceilings = boundary.filter((statement) => statement.allow);
  if (allows.length * ceilings.length > PAIRS_MAX)
    return allows.map((allow) => ({ ...allow, limitedBy: [...allow.limitedBy, 'its permissions boundary'] }));
  return allows.flatMap((allow) => {
    const whole = ceilings.find((ceiling) => isWithin(allow, ceiling));
    if (whole !== undefined) return [allow];
    return ceilings.flatMap((ceiling) => both(allow, ceiling));
  });
}

const isWithin = (allow: Statement, ceiling: Statement): boolean =>
  ceiling.conditions.length === 0 &&
  allow.actions.every((action) => takes(ceiling.actions, ceiling.exceptActions, action) === 'whole') &&
  allow.resources.every(
    (resource) => takes(ceiling.resources, ceiling.exceptResources, resource) === 'whole',
  );

function both(allow: Statement, ceiling: Statement): Statement[] {
  const actions = meet(allow.actions, ceiling.actions);
  const resources = meet(allow.resources, ceiling.resources);
  if (actions.length === 0 || resources.length === 0) return [];
  return [
    {
      ...allow,
      name: `${allow.name} within ${ceiling.name}`,
      actions,
      resources,
      exceptActions: [...new Set([...allow.exceptActions, ...ceiling.exceptActions])],
      exceptResources: [...new Set([...allow.exceptResources, ...ceiling.exceptResources])],
      conditions: [...allow.conditions, ...ceiling.conditions],
      limitedBy: [...allow.limitedBy, `Boundary ${word(ceiling)}`],
    },
  ];
}

const meet = (left: readonly string[], right: readonly string[]): string[] => [
  ...new Set(left.flatMap((one) => right.flatMap((other) => intersection(one, other)?.glob ?? []))),
];
