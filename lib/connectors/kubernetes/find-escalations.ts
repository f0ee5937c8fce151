import { type Need, type Technique, TECHNIQUES } from './escalations.ts';
import { allows, isStar, type Rule } from './rules.ts';

/** What one binding gives an identity; namespace null = in the whole cluster. */
export type Holding = { rules: readonly Rule[]; namespace: string | null; binding: string };

export type Possibility = {
  technique: Technique;
  /** Where it works; null = everywhere in the cluster. */
  namespace: string | null;
  /** Names that the rules restrict the targets to; null = any. */
  names: ReadonlySet<string> | null;
  bindings: readonly string[];
};

/**
 * Techniques that an identity's bindings make possible, each in the widest scope it works in. An identity that already
 * holds everything in a scope needs none there: administering the scope says it all.
 */
export function findEscalations(holdings: readonly Holding[]): Possibility[] {
  const wide = holdings.filter((holding) => holding.namespace === null);
  if (wide.some(holdsAll)) return [];
  const found: Possibility[] = [];
  const everywhere = new Set<Technique>();
  for (const technique of TECHNIQUES) {
    const possibility = check(technique, wide, null);
    if (possibility === null) continue;
    found.push(possibility);
    if (possibility.names === null) everywhere.add(technique);
  }
  for (const [namespace, local] of byNamespace(holdings)) {
    if (local.some(holdsAll)) continue;
    const effective = [...wide, ...local];
    for (const technique of TECHNIQUES) {
      if (technique.clusterOnly || everywhere.has(technique)) continue;
      const possibility = check(technique, effective, namespace);
      if (possibility !== null) found.push(possibility);
    }
  }
  return found;
}

const holdsAll = (holding: Holding): boolean => holding.rules.some(isStar);

function byNamespace(holdings: readonly Holding[]): Map<string, Holding[]> {
  const groups = new Map<string, Holding[]>();
  for (const holding of holdings) {
    if (holding.namespace === null) continue;
    const group = groups.get(holding.namespace);
    if (group === undefined) groups.set(holding.namespace, [holding]);
    else group.push(holding);
  }
  return groups;
}

function check(
  technique: Technique,
  holdings: readonly Holding[],
  namespace: string | null,
): Possibility | null {
  const bindings = new Set<string>();
  let names: Set<string> | null = new Set();
  for (const need of technique.needs) {
    const met = holdings.flatMap((holding) =>
      holding.rules
        .filter((rule) => meets(rule, need) && isUsable(rule, technique, need))
        .map((rule) => ({ holding, rule })),
    );
    if (met.length === 0) return null;
    for (const { holding, rule } of met) {
      bindings.add(holding.binding);
      if (!technique.namesAreTargets || rule.names.length === 0) names = null;
      else for (const name of rule.names) names?.add(name);
    }
  }
  return { technique, namespace, names, bindings: [...bindings] };
}

const meets = (rule: Rule, need: Need): boolean =>
  need.types.some((type) => need.verbs.some((verb) => allows(rule, need.group, type, verb)));

/**
 * A request to create cannot be restricted by name, so a rule with names allows none; `bind` on named roles gives those
 * alone, which matters here only for cluster-admin.
 */
function isUsable(rule: Rule, technique: Technique, need: Need): boolean {
  if (rule.names.length === 0 || technique.namesAreTargets) return true;
  if (need.verbs.includes('bind')) return rule.names.includes('cluster-admin');
  if (technique.reach === 'administrator') return true;
  return need.types.some((type) =>
    need.verbs.some((verb) => verb !== 'create' && allows(rule, need.group, type, verb)),
  );
}
