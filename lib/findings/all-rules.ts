import type { Rule } from './rule.ts';
import type { RuleId } from './rule-ids.ts';
import { broadThirdParty } from './rules/broad-third-party.ts';
import { crossesEnvironments } from './rules/crosses-environments.ts';
import { escalationToCrownJewel } from './rules/escalation-to-crown-jewel.ts';
import { exposedCredential } from './rules/exposed-credential.ts';
import { hiddenActor } from './rules/hidden-actor.ts';
import { noExpiry } from './rules/no-expiry.ts';
import { noOwner } from './rules/no-owner.ts';
import { notRotated } from './rules/not-rotated.ts';
import { outlivedContract } from './rules/outlived-contract.ts';
import { overWideAgent } from './rules/over-wide-agent.ts';
import { ownerLeft } from './rules/owner-left.ts';
import { personAsService } from './rules/person-as-service.ts';
import { productionNotAttested } from './rules/production-not-attested.ts';
import { sharedCredential } from './rules/shared-credential.ts';
import { unusedCredential } from './rules/unused-credential.ts';
import { unusedIdentity } from './rules/unused-identity.ts';
import { unusedPermission } from './rules/unused-permission.ts';

/** Every rule, in the order in which lists of rules show them. */
export const RULES: readonly Rule[] = [
  exposedCredential,
  escalationToCrownJewel,
  overWideAgent,
  outlivedContract,
  crossesEnvironments,
  sharedCredential,
  hiddenActor,
  ownerLeft,
  noOwner,
  broadThirdParty,
  unusedPermission,
  unusedIdentity,
  unusedCredential,
  notRotated,
  noExpiry,
  personAsService,
  productionNotAttested,
];

const BY_ID = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule of this name. Throws when a name has no rule, which a test excludes. */
export function ruleOf(id: RuleId): Rule {
  const rule = BY_ID.get(id);
  if (rule === undefined) throw new Error(`There is no rule ${id}.`);
  return rule;
}
