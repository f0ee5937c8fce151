import { record } from '#lib/audit/record.ts';
import { anonymousActor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { newId } from '#lib/core/ids.ts';
import { db, inTransaction, type Tx } from '#lib/db/client.ts';
import type { RoleName } from '#lib/db/generated/enums.ts';
import { env } from '#lib/env.ts';
import { oidcIssuer } from './oidc-provider.ts';
import { claimTexts, parseRoleMap, roleOfClaims } from './role-of-claims.ts';
import { normalEmail } from './sign-in-local.ts';

const CLAIM_LENGTH_MAX = 255;
const TEAMS_MAX = 200;

/** Claims of an ID token whose signature, audience, nonce and times next-auth's client has checked. */
export type OidcClaims = { iss?: string; sub?: string; [claim: string]: unknown };
export type OidcVerdict = { ok: true; userId: string } | { ok: false; code: 'NoRole' | 'Disabled' };

/**
 * Lets in the person whom a verified ID token names. The account's key is issuer and subject, never the e-mail
 * address; role and teams are what the token says now, so a change at the provider holds from the next sign-in.
 */
export async function signInWithOidc(
  claims: OidcClaims,
  origin: { address: string | null; requestId: string },
): Promise<OidcVerdict> {
  const { iss: issuer, sub: subject } = claims;
  if (issuer === undefined || issuer !== oidcIssuer() || !subject || subject.length > CLAIM_LENGTH_MAX)
    throw new AppError('unauthenticated', 'The sign-in provider sent an ID token that is not its own.');
  const { OIDC_ROLE_CLAIM, OIDC_ROLE_MAP, OIDC_TEAM_CLAIM } = env();
  const role = roleOfClaims(claims, OIDC_ROLE_CLAIM, parseRoleMap(OIDC_ROLE_MAP));
  const known = await db().user.findUnique({ where: { issuer_subject: { issuer, subject } } });
  const code = role === null ? 'NoRole' : known?.disabledAt != null ? 'Disabled' : null;
  if (role === null || code !== null) {
    await refuse(origin, issuer, subject, code ?? 'NoRole');
    return { ok: false, code: code ?? 'NoRole' };
  }
  const person = { name: nameOf(claims, subject), email: emailOf(claims), role };
  const userId = await inTransaction(async (tx) => {
    const id = known ? await refresh(tx, known, person) : await admit(tx, issuer, subject, person);
    if (OIDC_TEAM_CLAIM !== '')
      await claimTeams(tx, id, claimTexts(claims, OIDC_TEAM_CLAIM).slice(0, TEAMS_MAX));
    const actor = { ...anonymousActor(origin.address, origin.requestId), id, name: person.name };
    if (!known) {
      const after = { ...person, issuer, subject };
      await record(tx, actor, {
        action: 'user.create',
        subject: `user:${id}`,
        after,
        reason: 'first single sign-on',
      });
    } else if (known.role !== role) {
      const change = { before: { role: known.role }, after: { role }, reason: 'claims of single sign-on' };
      await record(tx, actor, { action: 'user.change', subject: `user:${id}`, ...change });
    }
    return id;
  });
  return { ok: true, userId };
}

type Person = { name: string; email: string; role: RoleName };

async function admit(tx: Tx, issuer: string, subject: string, person: Person): Promise<string> {
  const { id } = await tx.user.create({ data: { id: newId('usr'), issuer, subject, ...person } });
  return id;
}

/** A changed role ends the sessions that were opened with the old one. */
async function refresh(tx: Tx, known: { id: string; role: RoleName }, person: Person): Promise<string> {
  const sessionVersion = known.role === person.role ? {} : { sessionVersion: { increment: 1 } };
  await tx.user.update({ where: { id: known.id }, data: { ...person, ...sessionVersion } });
  return known.id;
}

/** Makes the claimed memberships equal to the claims: teams by name or node key; a team node of that name becomes a team. */
async function claimTeams(tx: Tx, userId: string, names: readonly string[]): Promise<void> {
  const wanted = names.filter((name) => name !== '' && name.length <= CLAIM_LENGTH_MAX);
  await tx.$executeRaw`
    INSERT INTO team (id, name, node_key)
    SELECT DISTINCT ON (lower(n.name)) 'tem_' || substr(md5(n.key), 1, 20), n.name, n.key
    FROM node n
    WHERE n.kind = 'team' AND n.valid_to IS NULL AND lower(n.name) IN (SELECT lower(w) FROM unnest(${wanted}::text[]) w)
      AND NOT EXISTS (SELECT 1 FROM team t WHERE lower(t.name) = lower(n.name) OR t.node_key = n.key)
    ORDER BY lower(n.name), n.id
    ON CONFLICT DO NOTHING`;
  const teams = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM team
    WHERE lower(name) IN (SELECT lower(w) FROM unnest(${wanted}::text[]) w) OR node_key = ANY(${wanted}::text[])`;
  const teamIds = teams.map((team) => team.id);
  await tx.teamMember.deleteMany({ where: { userId, claimed: true, teamId: { notIn: teamIds } } });
  await tx.teamMember.createMany({
    data: teamIds.map((teamId) => ({ teamId, userId, claimed: true })),
    skipDuplicates: true,
  });
}

/** A text claim within its length, else null. */
function textClaim(claims: OidcClaims, name: string): string | null {
  const value = claims[name];
  return typeof value === 'string' && value !== '' && value.length <= CLAIM_LENGTH_MAX && value.isWellFormed()
    ? value
    : null;
}

const nameOf = (claims: OidcClaims, subject: string): string =>
  textClaim(claims, 'name') ??
  textClaim(claims, 'preferred_username') ??
  textClaim(claims, 'email') ??
  subject;

/** Joins the person with their node in the graph; an address that the provider says it did not verify joins nothing. */
const emailOf = (claims: OidcClaims): string =>
  claims['email_verified'] === false ? '' : normalEmail(textClaim(claims, 'email') ?? '');

async function refuse(
  { address, requestId }: { address: string | null; requestId: string },
  issuer: string,
  subject: string,
  code: string,
): Promise<void> {
  const reason = code === 'NoRole' ? 'no role for the claims of this person' : 'the account is disabled';
  await inTransaction((tx) =>
    record(tx, anonymousActor(address, requestId), {
      action: 'session.refuse',
      subject: 'sign-in:oidc',
      after: { issuer, subject },
      reason,
    }),
  );
}
