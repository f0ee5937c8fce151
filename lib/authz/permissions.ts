import type { RoleName } from '#lib/db/generated/enums.ts';

/** What can be permitted, in words for Settings and the documentation. Each route and page declares one of these. */
export const PERMISSIONS = {
  'account.own': 'See and end one’s own sessions, change one’s own password',
  'graph.read': 'Explore the trust graph, blast radius and paths',
  'inventory.read': 'List identities, credentials, permissions and resources',
  'finding.read': 'Read findings',
  'finding.decide': 'Accept, assign and reopen findings',
  'ownership.read': 'Read owners and ownership claims',
  'ownership.decide': 'Accept, reject and dispute ownership claims',
  'campaign.read': 'Read campaigns and their results',
  'campaign.manage': 'Create, launch and close campaigns',
  'review.read': 'Read one’s review items',
  'review.decide': 'Attest, or ask for revocation',
  'revocation.read': 'Read revocations',
  'revocation.request': 'Ask for a revocation',
  'revocation.approve': 'Approve or reject a revocation that somebody else asked for',
  'revocation.execute': 'Execute and roll back approved revocations',
  'evidence.read': 'Export evidence bundles and reports',
  'audit.read': 'Read the audit log',
  'source.read': 'Read sources, runs and rejected records',
  'source.manage': 'Import, confirm, undo, and change sources',
  'ingest.write': 'Push inventory and usage through the API',
  'settings.read': 'Read settings',
  'settings.manage': 'Change settings, sign-in and webhooks',
  'user.read': 'Read users and teams',
  'user.manage': 'Invite, change and disable users and teams',
  'token.manage': 'Create and revoke API tokens',
} as const;

export type Permission = keyof typeof PERMISSIONS;
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as readonly Permission[];

const READ_ALL = PERMISSION_NAMES.filter((name) => name.endsWith('.read'));

const SECURITY: readonly Permission[] = [
  ...READ_ALL,
  'account.own',
  'finding.decide',
  'ownership.decide',
  'campaign.manage',
  'review.decide',
  'revocation.request',
  'revocation.approve',
  'revocation.execute',
  'source.manage',
  'ingest.write',
];

/** The one table from role to permissions. Row scope comes on top: an owner sees only what their teams own. */
export const ROLES: Record<
  RoleName,
  { readonly title: string; readonly permissions: readonly Permission[] }
> = {
  administrator: { title: 'Administrator', permissions: PERMISSION_NAMES },
  security: { title: 'Security analyst', permissions: SECURITY },
  owner: {
    title: 'Service owner',
    permissions: [
      'account.own',
      'graph.read',
      'inventory.read',
      'finding.read',
      'ownership.read',
      'ownership.decide',
      'review.read',
      'review.decide',
      'revocation.read',
      'revocation.request',
    ],
  },
  auditor: { title: 'Auditor', permissions: [...READ_ALL, 'account.own'] },
};

/** Permissions that an API token may be given as scopes. */
export const TOKEN_SCOPES = [
  'ingest.write',
  'source.read',
  'inventory.read',
  'graph.read',
  'finding.read',
  'evidence.read',
] as const satisfies readonly Permission[];
