import { lastSegment, parseArn } from '../aws/arn.ts';
import { inAccount } from '../aws/state-nodes.ts';
import { stateCenterUser, statePerson, stateService } from './actor.ts';
import type { NodeMemory } from './node-memory.ts';
import { part, text, type Trail } from './trail-event.ts';

export type Delegation = { onBehalfOf?: string; chain?: string[] };

/**
 * For whom the actor acted, and through whom. A service that acts with the caller's session (`invokedBy`) is the
 * outermost link of the chain, while the caller stays the actor.
 */
export function delegationOf(memory: NodeMemory, identity: Trail, actor: string): Delegation {
  const onBehalfOf = subjectOf(memory, identity);
  const invoker = text(identity, 'invokedBy');
  const delegation: Delegation = {};
  if (onBehalfOf !== undefined && onBehalfOf !== actor) delegation.onBehalfOf = onBehalfOf;
  if (invoker?.endsWith('.amazonaws.com') === true && invoker.length < 256) {
    const service = stateService(memory, invoker);
    if (service !== actor) delegation.chain = [service, actor];
  }
  return delegation;
}

function subjectOf(memory: NodeMemory, identity: Trail): string | undefined {
  if (identity['onBehalfOf'] !== undefined) {
    const person = stateCenterUser(memory, identity);
    if (person !== undefined) return person;
  }
  const context = part(identity, 'sessionContext');
  if (context === undefined) return undefined;
  const source = text(context, 'sourceIdentity');
  if (source !== undefined) return stateSource(memory, identity, source);
  return centerSession(memory, identity) ?? webIdentity(memory, context);
}

/** Set once at the first session and carried on through every role that is assumed from it. */
function stateSource(memory: NodeMemory, identity: Trail, source: string): string | undefined {
  const person = statePerson(memory, source);
  if (person !== undefined || source.length > 256) return person;
  const account = text(identity, 'accountId') ?? 'unknown';
  return memory.node(`aws://${account}/source-identities/${source}`, () => ({
    ...inAccount(account),
    kind: 'person',
    type: 'source_identity',
    name: source,
  }));
}

/** Sessions of Identity Center are named after the person who signed in. */
function centerSession(memory: NodeMemory, identity: Trail): string | undefined {
  const arn = text(identity, 'arn');
  if (arn?.includes(':assumed-role/AWSReservedSSO_') !== true) return undefined;
  return statePerson(memory, lastSegment(arn));
}

function webIdentity(memory: NodeMemory, context: Trail): string | undefined {
  const web = part(context, 'webIdFederationData');
  const provider = web === undefined ? undefined : text(web, 'federatedProvider');
  if (provider === undefined || provider.length > 512) return undefined;
  const arn = parseArn(provider);
  return memory.node(arn === null ? `aws://services/${provider}` : provider, () => ({
    ...(arn === null ? { provider: 'aws' } : inAccount(arn.account)),
    kind: 'integration',
    type: 'oidc_provider',
    name: arn?.resource ?? provider,
    zone: `federated:${arn === null ? provider : arn.resource.slice(arn.resource.indexOf('/') + 1)}`,
  }));
}
