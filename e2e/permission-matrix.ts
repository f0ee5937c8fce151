import type { RoleName } from './http/sign-in.ts';

// Who may do what, written down a second time and apart from the code, so that one slip does not pass both.

type Scope =
  'ingest.write' | 'source.read' | 'inventory.read' | 'graph.read' | 'finding.read' | 'evidence.read';
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Access = { roles: readonly RoleName[]; scopes: readonly Scope[] } | 'public';

export type ApiRow = Partial<Record<Method, Access>> & {
  path: string;
  /** What is asked for; the path itself, with parameters that name nothing, where it is not given. */
  ask?: string;
  /** What a read answers to whoever may; without it 404 where the path has parameters, else 200. */
  reads?: number;
  /** What a change answers to whoever may. Every change is sent so that it passes authorisation and then fails: 400. */
  changes?: number;
};
export type PageRow = { path: string; access: Access; ask?: string; answers?: number };

const may = (roles: readonly RoleName[], ...scopes: Scope[]): Access => ({ roles, scopes });
const ALL = ['administrator', 'security', 'owner', 'auditor'] as const;
const CENTRAL = ['administrator', 'security', 'auditor'] as const;

const SIGNED_IN = may(ALL);
const GRAPH = may(ALL, 'graph.read');
const INVENTORY = may(ALL, 'inventory.read');
const ADMINISTRATOR = may(['administrator']);
const CENTRAL_ONLY = may(CENTRAL);
const ACTING = may(['administrator', 'security', 'owner']);
const DECIDING = may(['administrator', 'security']);
const PUSH = may(['administrator', 'security'], 'ingest.write');
const FINDINGS = may(ALL, 'finding.read');
const SOURCES = may(CENTRAL, 'source.read');
const EVIDENCE = may(CENTRAL, 'evidence.read');

/** Ids of the right form that name nothing, by the part of the address before them. */
const MISSING = new Map([
  ['campaigns', `cmp_${'0'.repeat(20)}`],
  ['claims', `clm_${'0'.repeat(20)}`],
  ['inventory', '2000000000'],
  ['nodes', '2000000000'],
  ['findings', `fnd_${'0'.repeat(20)}`],
  ['ownership', '2000000000'],
  ['rows', '2000000000'],
  ['reviews', `itm_${'0'.repeat(20)}`],
  ['revocations', `rev_${'0'.repeat(20)}`],
  ['runs', `run_${'0'.repeat(20)}`],
  ['sources', `src_${'0'.repeat(20)}`],
  ['webhooks', `whk_${'0'.repeat(20)}`],
]);

/** The address that is asked for in the name of a row. */
export const addressOf = (row: { path: string; ask?: string }): string =>
  row.ask ??
  row.path.replaceAll(
    /(\w+)\/\[\w+\]/g,
    (_whole, kind: string) => `${kind}/${MISSING.get(kind) ?? 'missing'}`,
  );

export const API: readonly ApiRow[] = [
  {
    path: '/api/auth/[...nextauth]',
    GET: 'public',
    POST: 'public',
    ask: '/api/auth/nothing',
    reads: 404,
    changes: 404,
  },
  { path: '/api/auth/invitation', POST: 'public' },
  { path: '/api/auth/setup', POST: 'public' },
  { path: '/api/health', GET: 'public' },

  { path: '/api/v1/account', GET: SIGNED_IN },
  { path: '/api/v1/account/confirm', POST: SIGNED_IN },
  { path: '/api/v1/account/password', PUT: SIGNED_IN },
  { path: '/api/v1/account/sessions', DELETE: SIGNED_IN },
  { path: '/api/v1/account/sessions/[sessionId]', DELETE: SIGNED_IN },
  { path: '/api/v1/openapi.json', GET: SIGNED_IN },

  { path: '/api/v1/audit', GET: CENTRAL_ONLY },
  { path: '/api/v1/audit/actions', GET: CENTRAL_ONLY },
  { path: '/api/v1/audit/chain', GET: CENTRAL_ONLY },
  { path: '/api/v1/audit/checkpoints', POST: ADMINISTRATOR },
  { path: '/api/v1/audit/export', GET: CENTRAL_ONLY, ask: '/api/v1/audit/export?from=never', reads: 400 },

  {
    path: '/api/v1/audit/rows/[seq]/proof',
    GET: CENTRAL_ONLY,
    ask: '/api/v1/audit/rows/none/proof',
    reads: 400,
  },

  { path: '/api/v1/graph/choke-points', GET: GRAPH, reads: 400 },
  { path: '/api/v1/graph/export', GET: EVIDENCE, reads: 400 },
  { path: '/api/v1/graph/compare', GET: GRAPH, reads: 400 },
  { path: '/api/v1/graph/cut-plan', GET: GRAPH, reads: 400 },
  { path: '/api/v1/graph/exposure', GET: GRAPH },
  { path: '/api/v1/graph/minimum-cut', GET: GRAPH, reads: 400 },
  { path: '/api/v1/graph/rank', GET: GRAPH },
  { path: '/api/v1/graph/what-if', POST: GRAPH },
  { path: '/api/v1/graph/draw', GET: GRAPH, reads: 400 },
  { path: '/api/v1/graph/neighbours', GET: GRAPH, reads: 400 },
  { path: '/api/v1/graph/path', GET: GRAPH, reads: 400 },
  { path: '/api/v1/graph/reach', GET: GRAPH, ask: '/api/v1/graph/reach?key=missing', reads: 404 },
  { path: '/api/v1/graph/why', GET: GRAPH, reads: 400 },
  { path: '/api/v1/graph/widest', GET: GRAPH },
  { path: '/api/v1/search', GET: GRAPH, ask: '/api/v1/search?q=pay' },

  { path: '/api/v1/overview', GET: INVENTORY },
  { path: '/api/v1/overview/widest-reach', GET: INVENTORY },
  { path: '/api/v1/findings', GET: FINDINGS },
  { path: '/api/v1/findings/[id]', GET: FINDINGS },
  { path: '/api/v1/findings/counts', GET: FINDINGS },
  { path: '/api/v1/findings/assignees', GET: DECIDING },
  { path: '/api/v1/findings/decisions', POST: DECIDING },
  { path: '/api/v1/findings/evaluations', POST: DECIDING },
  { path: '/api/v1/inventory/facets', GET: INVENTORY, ask: '/api/v1/inventory/facets?group=identities' },
  { path: '/api/v1/inventory/node', GET: INVENTORY, ask: '/api/v1/inventory/node?key=missing', reads: 404 },
  { path: '/api/v1/inventory/nodes', GET: INVENTORY, ask: '/api/v1/inventory/nodes?group=identities' },
  { path: '/api/v1/inventory/permissions', GET: INVENTORY },

  { path: '/api/v1/ownership', GET: SIGNED_IN },
  { path: '/api/v1/ownership/coverage', GET: SIGNED_IN },
  { path: '/api/v1/ownership/owners', GET: SIGNED_IN },
  { path: '/api/v1/ownership/nodes/[id]', GET: SIGNED_IN },
  { path: '/api/v1/ownership/nodes/[id]/assign', POST: ACTING },
  { path: '/api/v1/ownership/nodes/[id]/dispute', POST: ACTING },
  { path: '/api/v1/ownership/nodes/[id]/hand-over', POST: ACTING },
  { path: '/api/v1/ownership/claims/accept', POST: ACTING },
  { path: '/api/v1/ownership/claims/[id]/accept', POST: ACTING },
  { path: '/api/v1/ownership/claims/[id]/reject', POST: ACTING },

  { path: '/api/v1/campaigns', GET: CENTRAL_ONLY, POST: DECIDING },
  { path: '/api/v1/campaigns/preview', POST: DECIDING },
  { path: '/api/v1/campaigns/[id]', GET: CENTRAL_ONLY },
  { path: '/api/v1/campaigns/[id]/cancel', POST: DECIDING },
  { path: '/api/v1/campaigns/[id]/close', POST: DECIDING },
  { path: '/api/v1/campaigns/[id]/launch', POST: DECIDING },
  { path: '/api/v1/reviews', GET: SIGNED_IN },
  { path: '/api/v1/reviews/attest', POST: ACTING },
  { path: '/api/v1/reviews/[id]', GET: SIGNED_IN },
  { path: '/api/v1/reviews/[id]/decision', POST: ACTING },

  { path: '/api/v1/revocations', GET: SIGNED_IN, POST: ACTING },
  { path: '/api/v1/revocations/preview', GET: ACTING, reads: 400 },
  { path: '/api/v1/revocations/[id]', GET: SIGNED_IN },
  { path: '/api/v1/revocations/[id]/approve', POST: DECIDING },
  { path: '/api/v1/revocations/[id]/cancel', POST: ACTING },
  { path: '/api/v1/revocations/[id]/execute', POST: DECIDING },
  { path: '/api/v1/revocations/[id]/method', POST: ACTING },
  { path: '/api/v1/revocations/[id]/rehearse', POST: ACTING },
  { path: '/api/v1/revocations/[id]/reject', POST: DECIDING },
  { path: '/api/v1/revocations/[id]/roll-back', POST: DECIDING },
  { path: '/api/v1/webhooks', GET: SIGNED_IN, POST: ADMINISTRATOR },
  { path: '/api/v1/webhooks/[id]', DELETE: ADMINISTRATOR },

  { path: '/api/v1/evidence/campaigns/[id]/bundle', GET: EVIDENCE },
  { path: '/api/v1/evidence/campaigns/[id]/csv', GET: EVIDENCE },
  { path: '/api/v1/evidence/key', GET: EVIDENCE },
  { path: '/api/v1/evidence/verify', POST: EVIDENCE },

  { path: '/api/v1/ingest', POST: PUSH, ask: '/api/v1/ingest?dryRun=perhaps' },
  { path: '/api/v1/runs', GET: SOURCES },
  { path: '/api/v1/runs/[run]', GET: SOURCES },
  { path: '/api/v1/runs/[run]/cancel', POST: DECIDING },
  { path: '/api/v1/runs/[run]/confirm', POST: DECIDING },
  { path: '/api/v1/runs/[run]/undo', POST: DECIDING },
  { path: '/api/v1/runs/[run]/rejections', GET: SOURCES },
  { path: '/api/v1/runs/[run]/rejections/download', GET: SOURCES },
  { path: '/api/v1/sources', GET: SOURCES },
  { path: '/api/v1/sources/table', POST: DECIDING },
  { path: '/api/v1/sources/upload', POST: DECIDING, ask: '/api/v1/sources/upload?dryRun=perhaps' },
  { path: '/api/v1/sources/[sourceId]', GET: SOURCES, PATCH: DECIDING },

  { path: '/api/v1/settings', GET: CENTRAL_ONLY },
  { path: '/api/v1/settings/sample', POST: ADMINISTRATOR },
  { path: '/api/v1/settings/single-sign-on/check', POST: ADMINISTRATOR },
  { path: '/api/v1/teams', GET: CENTRAL_ONLY, POST: ADMINISTRATOR },
  { path: '/api/v1/teams/import', POST: ADMINISTRATOR },
  { path: '/api/v1/teams/[teamId]', PUT: ADMINISTRATOR, DELETE: ADMINISTRATOR },
  { path: '/api/v1/teams/[teamId]/members/[userId]', PUT: ADMINISTRATOR, DELETE: ADMINISTRATOR },
  { path: '/api/v1/tokens', GET: ADMINISTRATOR, POST: ADMINISTRATOR },
  { path: '/api/v1/tokens/[tokenId]', DELETE: ADMINISTRATOR },
  { path: '/api/v1/tokens/[tokenId]/rotation', POST: ADMINISTRATOR },
  { path: '/api/v1/users', GET: CENTRAL_ONLY, POST: ADMINISTRATOR },
  { path: '/api/v1/users/[userId]', PATCH: ADMINISTRATOR },
  { path: '/api/v1/users/[userId]/invitation', POST: ADMINISTRATOR },
];

export const PAGES: readonly PageRow[] = [
  { path: '/', access: SIGNED_IN, answers: 307 },
  { path: '/setup', access: 'public', answers: 307 },
  { path: '/sign-in', access: 'public' },
  { path: '/sign-in/invitation', access: 'public' },
  { path: '/sign-out', access: 'public' },
  { path: '/account', access: SIGNED_IN },
  { path: '/evidence/audit', access: CENTRAL_ONLY },
  { path: '/campaigns', access: CENTRAL_ONLY },
  { path: '/campaigns/[id]', access: CENTRAL_ONLY },
  { path: '/campaigns/new', access: DECIDING },
  { path: '/evidence', access: CENTRAL_ONLY },
  { path: '/findings', access: SIGNED_IN },
  { path: '/findings/[id]', access: SIGNED_IN },
  { path: '/overview', access: SIGNED_IN },
  { path: '/ownership', access: SIGNED_IN },
  { path: '/ownership/[id]', access: SIGNED_IN },
  { path: '/reviews', access: SIGNED_IN },
  { path: '/reviews/[id]', access: SIGNED_IN },
  { path: '/revocations', access: SIGNED_IN },
  { path: '/revocations/[id]', access: SIGNED_IN },
  { path: '/revocations/emergency', access: ACTING },
  { path: '/revocations/new', access: ACTING },
  { path: '/revocations/webhooks', access: ADMINISTRATOR },
  { path: '/graph', access: SIGNED_IN },
  { path: '/inventory', access: SIGNED_IN },
  { path: '/inventory/[id]', access: SIGNED_IN, answers: 404 },
  { path: '/inventory/node', access: SIGNED_IN, ask: '/inventory/node?key=missing' },
  { path: '/settings', access: CENTRAL_ONLY },
  { path: '/settings/permissions', access: CENTRAL_ONLY },
  { path: '/settings/teams', access: CENTRAL_ONLY },
  { path: '/settings/tokens', access: ADMINISTRATOR },
  { path: '/settings/users', access: CENTRAL_ONLY },
  { path: '/setup/first-steps', access: ADMINISTRATOR },
  { path: '/sources', access: CENTRAL_ONLY },
  { path: '/sources/[sourceId]', access: CENTRAL_ONLY },
  { path: '/sources/import', access: DECIDING },
  { path: '/sources/runs/[run]', access: CENTRAL_ONLY },
];

/** A thing that an owner may not see must answer exactly as one that does not exist. */
export type ScopedRow = {
  thing: 'nodeKey' | 'nodeId' | 'claimId' | 'sessionId';
  method: Method | 'HEAD';
  /** `{id}` stands for the thing. */
  ask: string;
  body?: object;
  /** What the owner gets for a thing of their own; null: not tried, as it would be done. */
  own: number | null;
};

const reason = 'The permission matrix tries this.';
const OWNERSHIP_CHANGES: readonly [string, object][] = [
  ['nodes/{id}/assign', { ownerId: 1, reason }],
  ['nodes/{id}/dispute', { reason }],
  ['nodes/{id}/hand-over', { toOwnerId: 1, reason }],
  ['claims/{id}/accept', { reason }],
  ['claims/{id}/reject', { reason }],
];

export const SCOPED: readonly ScopedRow[] = [
  ...['choke-points', 'cut-plan', 'draw', 'minimum-cut', 'neighbours', 'reach'].map((name): ScopedRow => ({
    thing: 'nodeKey',
    method: 'GET',
    ask: `/api/v1/graph/${name}?key={id}`,
    own: 200,
  })),
  { thing: 'nodeKey', method: 'GET', ask: '/api/v1/graph/path?from={id}&to={id}', own: 200 },
  { thing: 'nodeKey', method: 'GET', ask: '/api/v1/graph/reach?key={id}&format=csv', own: 200 },
  { thing: 'nodeKey', method: 'GET', ask: '/api/v1/inventory/node?key={id}', own: 200 },
  { thing: 'nodeKey', method: 'HEAD', ask: '/api/v1/inventory/node?key={id}', own: 200 },
  { thing: 'nodeId', method: 'GET', ask: '/api/v1/ownership/nodes/{id}', own: 200 },
  ...OWNERSHIP_CHANGES.map(([ask, body]): ScopedRow => ({
    thing: ask.includes('claims') ? 'claimId' : 'nodeId',
    method: 'POST',
    ask: `/api/v1/ownership/${ask}`,
    body,
    own: null,
  })),
  { thing: 'sessionId', method: 'DELETE', ask: '/api/v1/account/sessions/{id}', own: null },
];

/** The matrix as a page of the documentation. */
export function matrixDocument(): string {
  const tick = (yes: boolean) => (yes ? '✓' : '–');
  const scoped = new Set(SCOPED.map(({ ask }) => ask.replace(/\?.*$/, '').replace('{id}', '*')));
  const cells = (path: string, access: Access): string[] => {
    if (access === 'public') return ['✓', '✓', '✓', '✓', '✓', '✓'];
    const isScoped = scoped.has(path.replace(/\[\w+\](?=[^[]*$)/, '*'));
    const roles = ALL.map((role) =>
      role === 'owner' && isScoped && access.roles.includes(role) ? 'own' : tick(access.roles.includes(role)),
    );
    return ['–', ...roles, access.scopes.map((scope) => `\`${scope}\``).join(' ') || '–'];
  };
  const line = (columns: readonly string[]) => `| ${columns.join(' | ')} |`;
  const head = ['Nobody', 'Administrator', 'Security analyst', 'Service owner', 'Auditor', 'API token with'];
  const table = (first: readonly string[], rows: readonly string[][]) =>
    [line([...first, ...head]), line([...first, ...head].map(() => '---')), ...rows.map(line)].join('\n');
  const api = API.flatMap((row) =>
    methodsOf(row).map(([method, access]) => [`\`${row.path}\``, method, ...cells(row.path, access)]),
  );
  const pages = PAGES.map(({ path, access }) => [`\`${path}\``, ...cells(path, access)]);
  return `# Permission matrix

Who may call what. \`e2e/permission-matrix.ts\` holds this table; \`e2e/permissions.spec.ts\` sends every cell of it to the production
build, and fails for a route, page or method that is not in it. Whoever is disabled, signed out, or holds an expired or revoked token
counts as nobody: 401, and 403 for those who are known and may not. HEAD goes where GET goes; OPTIONS names the methods and nothing
else; every other method is refused with 405. “own”: things of one's own teams; of others' things the answer is that of a thing which
does not exist.

## API

${table(['Route', 'Method'], api)}

## Pages

Nobody is led to the sign-in page; those whose role does not open a page get 403. API tokens open no pages.

${table(['Page'], pages)}
`;
}

export const methodsOf = (row: ApiRow): [Method, Access][] =>
  (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).flatMap((method) => {
    const access = row[method];
    return access === undefined ? [] : [[method, access] as [Method, Access]];
  });
