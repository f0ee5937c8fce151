/** The name of every rule: a part of each finding's identity, so it never changes. */
export const RULE_IDS = [
  'exposed-credential',
  'escalation-to-crown-jewel',
  'over-wide-agent',
  'outlived-contract',
  'crosses-environments',
  'shared-credential',
  'hidden-actor',
  'owner-left',
  'no-owner',
  'broad-third-party',
  'unused-permission',
  'unused-identity',
  'unused-credential',
  'not-rotated',
  'no-expiry',
  'person-as-service',
  'production-not-attested',
] as const;
export type RuleId = (typeof RULE_IDS)[number];
