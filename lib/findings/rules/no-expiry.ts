import { LIVE_CREDENTIAL } from '../conditions.ts';
import { day, evidenceOf, type Rule } from '../rule.ts';

type Row = {
  nodeId: number;
  type: string;
  createdAt: Date | null;
  isProduction: boolean;
  identity: string | null;
  identityKey: string | null;
};

/** Kinds of credential for which every issuer offers an end. */
const ENDING_TYPES = [
  'client_secret',
  'service_account_token',
  'personal_access_token',
  'token',
  'certificate',
  'api_token',
];

/** A credential of a kind that can end by itself, and does not. */
export const noExpiry: Rule = {
  id: 'no-expiry',
  title: 'Credential without an end',
  why: 'Standing access stays when its purpose, its holder and everyone who knew of it are gone.',
  remedy:
    'Issue it anew with an end, or bind it to the workload (a projected token, a federated identity), then revoke this one.',
  references: ['NHI7:2025', 'ASI06', 'PR.AA-01'],
  find: async ({ tx }) => {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT n.id AS "nodeId", n.type, n.created_at AS "createdAt", (n.environment = 'production') IS TRUE AS "isProduction",
        i.name AS identity, i.key AS "identityKey"
      FROM node n LEFT JOIN LATERAL (SELECT o.name, o.key FROM edge a JOIN node o ON o.id = a.to_id
        WHERE a.from_id = n.id AND a.kind = 'authenticates' AND a.valid_to IS NULL ORDER BY o.id LIMIT 1) i ON true
      WHERE ${LIVE_CREDENTIAL} AND n.expires_at IS NULL AND n.standing = 'inventory' AND n.type = ANY(${ENDING_TYPES}::text[]) ORDER BY 1`;
    return rows.map(({ nodeId, type, createdAt, isProduction, identity, identityKey }) => ({
      nodeId,
      severity: isProduction || type === 'service_account_token' ? 'medium' : 'low',
      evidence: evidenceOf(`This ${type.replaceAll('_', ' ')} has no end.`, [
        { text: createdAt === null ? 'When it was issued is not known.' : `Issued on ${day(createdAt)}.` },
        ...(identity === null || identityKey === null
          ? []
          : [{ key: identityKey, text: `It proves to be ${identity}.` }]),
      ]),
    }));
  },
};
