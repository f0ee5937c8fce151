import type { JsonObject } from '#lib/core/json.ts';
import { GITHUB_ISSUER, oidcProviderArn, ORGANISATION, samlProviderArn, SHARED } from './accounts.ts';
import { roleArn, userArn, type Role, type User } from './iam-model.ts';
import type { Random } from './random.ts';
import type { Origin } from './world.ts';

/** One run of short-lived credentials of a role. */
export type Session = {
  readonly role: Role;
  readonly keyId: string;
  readonly name: string;
  readonly identity: JsonObject;
};

const WEB_IDENTITY = new Set<Origin['kind']>(['web_identity', 'pipeline']);

export function openSession(role: Role, origin: Origin, started: string, random: Random): Session {
  const name = sessionName(role, origin, random);
  const keyId = random.awsId('ASIA');
  const identity: JsonObject = {
    type: 'AssumedRole',
    principalId: `${role.id}:${name}`,
    arn: sessionArn(role, name),
    accountId: role.account.id,
    accessKeyId: keyId,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: role.id,
        arn: roleArn(role),
        accountId: role.account.id,
        userName: role.name,
      },
      webIdFederationData: WEB_IDENTITY.has(origin.kind)
        ? { federatedProvider: providerOf(role, origin), attributes: {} }
        : {},
      attributes: { creationDate: started, mfaAuthenticated: String(origin.kind === 'person') },
      ...(role.instanceProfile ? { ec2RoleDelivery: '2.0' } : {}),
    },
  };
  return { role, keyId, name, identity };
}

/** The tail of the role's name only: a session ARN holds no path. */
export const sessionArn = (role: Role, session: string): string =>
  `arn:aws:sts::${role.account.id}:assumed-role/${role.name}/${session}`;

function sessionName(role: Role, origin: Origin, random: Random): string {
  switch (origin.kind) {
    case 'web_identity':
      return `${origin.serviceAccount}-${random.whole(1000, 9999)}`;
    case 'pipeline':
      return 'GitHubActions';
    case 'aws_service':
      return role.instanceProfile ? `i-0${random.hex(8)}` : role.name;
    case 'chain':
      return `from-${origin.from.name}`;
    case 'person':
      return origin.mail;
    case 'key':
      return origin.user.name;
  }
}

function providerOf(role: Role, origin: Origin): string {
  if (origin.kind === 'web_identity') return oidcProviderArn(role.account, origin.cluster.issuer);
  if (origin.kind === 'pipeline') return oidcProviderArn(SHARED, GITHUB_ISSUER);
  return samlProviderArn(role.account);
}

/** Who asked for the session, as the issuing record states it; null for a long-lived key, which is never issued anew. */
export function requester(role: Role, origin: Origin, parent: Session | undefined): JsonObject | null {
  switch (origin.kind) {
    case 'web_identity':
    case 'pipeline': {
      const userName = subjectOf(origin);
      const provider = providerOf(role, origin);
      return {
        type: 'WebIdentityUser',
        principalId: `${provider}:sts.amazonaws.com:${userName}`,
        userName,
        identityProvider: provider,
      };
    }
    case 'aws_service':
      return { type: 'AWSService', invokedBy: origin.host };
    case 'person':
      return {
        type: 'SAMLUser',
        principalId: `meridian:${origin.mail}`,
        userName: origin.mail,
        identityProvider: providerOf(role, origin),
      };
    case 'chain':
      return parent?.identity ?? null;
    case 'key':
      return null;
  }
}

export function subjectOf(origin: Origin): string {
  if (origin.kind === 'web_identity')
    return `system:serviceaccount:${origin.namespace}:${origin.serviceAccount}`;
  return origin.kind === 'pipeline' ? `repo:${ORGANISATION}/${origin.repository}:ref:refs/heads/main` : '';
}

export const keyIdentity = (user: User, keyId: string): JsonObject => ({
  type: 'IAMUser',
  principalId: user.id,
  arn: userArn(user),
  accountId: user.account.id,
  accessKeyId: keyId,
  userName: user.name,
});
