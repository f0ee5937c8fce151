import { isObject } from '#lib/core/json.ts';
import { covers } from '../aws/glob.ts';
import { textsOf } from '../aws/read-fields.ts';
import { maskSecrets } from '../mask-secrets.ts';
import { text } from '../read-value.ts';
import { isoTime } from '../time.ts';

/** One test of a `Condition` block; all tests of a statement must pass, any value of a test may match. */
export type Condition = { operator: string; key: string; values: readonly string[] };

/** Whether the conditions of a statement hold, as far as a file can tell. */
export type Holds = 'always' | 'sometimes' | 'never';

export type ConditionContext = {
  now: Date;
  /** For iam:PassRole: the service that the role is handed to. */
  passedTo?: string;
};

const TESTS_MAX = 50;
const WORDS_MAX = 300;

/** Reads a `Condition` block; anything that is not one is a condition nobody can read, and so never ignored. */
export function readConditions(value: unknown): Condition[] {
  if (value === undefined || value === null) return [];
  if (!isObject(value)) return [{ operator: 'unreadable', key: 'condition', values: [] }];
  const found: Condition[] = [];
  for (const [operator, tests] of Object.entries(value)) {
    if (!isObject(tests)) found.push({ operator: word(operator), key: 'unreadable', values: [] });
    else
      for (const [key, values] of Object.entries(tests)) {
        const texts = textsOf(
          typeof values === 'boolean' || typeof values === 'number' ? String(values) : values,
        );
        found.push({ operator: word(operator), key: word(key), values: texts });
      }
  }
  return found.slice(0, TESTS_MAX);
}

const word = (name: string): string => text(name, 200) ?? 'unnamed';

/** The conditions as a person reads them, e.g. `StringEquals sts:ExternalId = a or b`. */
export function conditionWords(conditions: readonly Condition[]): string[] {
  return conditions.map(({ operator, key, values }) => {
    const words = `${operator} ${key}${values.length > 0 ? ` = ${values.join(' or ')}` : ''}`;
    return maskSecrets(words.slice(0, WORDS_MAX).toWellFormed());
  });
}

/**
 * Dates are compared with the time of the input and a passed role with the service in question; every other test
 * depends on a request that is not known, so it holds sometimes.
 */
export function conditionsHold(conditions: readonly Condition[], context: ConditionContext): Holds {
  let holds: Holds = 'always';
  for (const condition of conditions) {
    const one = conditionHolds(condition, context);
    if (one === 'never') return 'never';
    if (one === 'sometimes') holds = 'sometimes';
  }
  return holds;
}

function conditionHolds(condition: Condition, context: ConditionContext): Holds {
  const operator = condition.operator.toLowerCase().replace(/ifexists$/, '');
  const key = condition.key.toLowerCase();
  if (operator.startsWith('date') && DATE_KEYS.has(key))
    return dateHolds(operator, condition.values, context);
  if (key === 'iam:passedtoservice' && context.passedTo !== undefined) {
    const { passedTo } = context;
    const matches = condition.values.some((value) => covers(value.toLowerCase(), passedTo));
    if (/^(?:foranyvalue:|forallvalues:)?string(?:equals|like|equalsignorecase)$/.test(operator))
      return matches ? 'always' : 'never';
    if (/^string(?:notequals|notlike|notequalsignorecase)$/.test(operator))
      return matches ? 'never' : 'always';
  }
  return 'sometimes';
}

const DATE_KEYS = new Set(['aws:currenttime', 'aws:epochtime', 'aws:tokenissuetime']);

/** A token can always be newly issued, so its time of issue is taken as now. */
function dateHolds(operator: string, values: readonly string[], context: ConditionContext): Holds {
  const now = context.now.getTime();
  const times = values.map((value) => Date.parse(isoTime(value) ?? ''));
  if (times.length === 0 || times.some(Number.isNaN)) return 'sometimes';
  // A bound that still lies ahead (or behind, for "before") lets pass now and will not for ever: sometimes.
  if (operator === 'datelessthan' || operator === 'datelessthanequals')
    return times.some((time) => now < time) ? 'sometimes' : 'never';
  if (operator === 'dategreaterthan' || operator === 'dategreaterthanequals')
    return times.some((time) => now > time) ? 'always' : 'sometimes';
  return 'sometimes';
}
