import { covers } from '../aws/glob.ts';
import { type ConditionContext, conditionsHold, conditionWords, type Holds } from './conditions.ts';
import { subtractDenies, withinBoundary } from './effective-statements.ts';
import { isAdministration } from './grant-edges.ts';
import type { Statement } from './policy-document.ts';

export type Verdict = {
  holds: Exclude<Holds, 'never'>;
  /** Policy and statement that allow it. */
  statement: string;
  /** Conditions in words; empty where it holds always. */
  conditions: readonly string[];
};

/**
 * What one principal may do by its own, inline and group policies, less denies, within its permissions boundary.
 * An upper bound: policies of the organisation and of resources are not in the file.
 */
export class Permissions {
  readonly allows: readonly Statement[];
  readonly #denies: readonly Statement[];
  readonly #context: ConditionContext;
  readonly #byAction = new Map<string, { allows: readonly Statement[]; denies: readonly Statement[] }>();

  constructor(
    statements: readonly Statement[],
    boundary: readonly Statement[] | null,
    context: ConditionContext,
  ) {
    const denies = [...statements, ...(boundary ?? [])].filter((statement) => !statement.allow);
    const allows = subtractDenies(
      statements.filter((statement) => statement.allow),
      denies,
      context,
    );
    this.allows = boundary === null ? allows : withinBoundary(allows, boundary);
    this.#denies = denies;
    this.#context = context;
  }

  /** May do everything everywhere, always. */
  get administers(): boolean {
    return this.allows.some(
      (statement) =>
        isAdministration(statement) && conditionsHold(statement.conditions, this.#context) === 'always',
    );
  }

  /** Whether the action is allowed on the resource with this ARN; null when it is not. */
  on(action: string, resource: string, passedTo?: string): Verdict | null {
    const matches = (statement: Statement): boolean =>
      statement.resources.some((pattern) => covers(pattern, resource)) &&
      !statement.exceptResources.some((pattern) => covers(pattern, resource));
    return this.#decide(action, matches, passedTo);
  }

  /** Whether the action is allowed on anything at all. */
  anywhere(action: string): Verdict | null {
    return this.#decide(action, (statement) => statement.allow || statement.resources.includes('*'));
  }

  #decide(action: string, matches: (statement: Statement) => boolean, passedTo?: string): Verdict | null {
    const { allows, denies } = this.#about(action.toLowerCase());
    if (allows.length === 0) return null;
    const context = passedTo === undefined ? this.#context : { ...this.#context, passedTo };
    const limits: string[] = [];
    for (const deny of denies) {
      const holds = matches(deny) ? conditionsHold(deny.conditions, context) : 'never';
      if (holds === 'always') return null;
      if (holds === 'sometimes') limits.push(`Deny ${deny.policy} (${deny.name}) does not apply`);
    }
    let best: Verdict | null = null;
    for (const allow of allows) {
      const holds = matches(allow) ? conditionsHold(allow.conditions, context) : 'never';
      if (holds === 'never') continue;
      const statement = `${allow.policy} (${allow.name})`;
      if (holds === 'always' && limits.length === 0) return { holds, statement, conditions: [] };
      const words = holds === 'always' ? [] : conditionWords(allow.conditions);
      best ??= { holds: 'sometimes', statement, conditions: [...words, ...limits] };
    }
    return best;
  }

  /** The statements about an action: few of many, and asked for once per resource. */
  #about(action: string): { allows: readonly Statement[]; denies: readonly Statement[] } {
    const known = this.#byAction.get(action);
    if (known !== undefined) return known;
    const isAbout = (statement: Statement): boolean =>
      statement.actions.some((pattern) => covers(pattern, action)) &&
      !statement.exceptActions.some((pattern) => covers(pattern, action));
    const made = { allows: this.allows.filter(isAbout), denies: this.#denies.filter(isAbout) };
    this.#byAction.set(action, made);
    return made;
  }
}
