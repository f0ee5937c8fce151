import { awsKey, KEY_LENGTH_MAX } from '#lib/core/keys.ts';
import { type Arn, formatArn, parseArn } from '../aws/arn.ts';
import { awsResourceType, foldArn, resourceName } from '../aws/resources.ts';
import { inAccount } from '../aws/state-nodes.ts';
import { principalKind, statePrincipal } from './actor.ts';
import type { NodeMemory } from './node-memory.ts';
import { parameterArn } from './parameter-arn.ts';
import { text, type Trail } from './trail-event.ts';

export type Place = { service: string; account: string; region: string };

/**
 * What the event was done to: the first resource that it lists, what its parameters name, what the text of a denial
 * names, or else the service as a whole. An object counts as its bucket, a version as its function.
 */
export function targetOf(memory: NodeMemory, event: Trail, place: Place): string {
  const arn = listedArn(event) ?? parameterArn(event, place) ?? deniedArn(event);
  const key = arn === undefined ? undefined : stateTarget(memory, arn, place);
  return key ?? memory.service(place.account, place.service);
}

function listedArn(event: Trail): string | undefined {
  const { resources } = event;
  if (!Array.isArray(resources)) return undefined;
  for (const resource of resources as unknown[]) {
    if (typeof resource !== 'object' || resource === null) continue;
    const listed = resource as Trail;
    const arn = text(listed, 'ARN') ?? text(listed, 'arn');
    if (arn?.startsWith('arn:') === true) return arn;
  }
  return undefined;
}

const ON_RESOURCE = 'on resource: ';

/** A denied call has no parameters; what it wanted stands in the text of its error alone. */
function deniedArn(event: Trail): string | undefined {
  const message = text(event, 'errorMessage');
  const at = message?.indexOf(ON_RESOURCE) ?? -1;
  if (message === undefined || at < 0) return undefined;
  const start = at + ON_RESOURCE.length;
  return /^arn:[^\s"']+/.exec(message.slice(start, start + KEY_LENGTH_MAX))?.[0];
}

/** Null for what is no ARN, for what is too long, and for policies, which are told as their service. */
function stateTarget(memory: NodeMemory, name: string, place: Place): string | undefined {
  if (name.length > KEY_LENGTH_MAX) return undefined;
  const parsed = parseArn(awsKey(name));
  if (parsed === null) return undefined;
  if (parsed.service === 'iam' || parsed.service === 'sts') return stateIamTarget(memory, parsed, place);
  const arn = foldArn(parsed);
  const key = formatArn(arn);
  const account = /^\d+$/.test(arn.account) ? arn.account : null;
  memory.node(key, () => ({
    ...inAccount(account ?? place.account),
    kind: 'resource',
    type: awsResourceType(arn.service),
    name: resourceName(arn),
  }));
  if (account !== null && memory.isNew(`contains ${key}`))
    memory.edge({ from: memory.service(account, arn.service), kind: 'contains', to: key });
  return key;
}

function stateIamTarget(memory: NodeMemory, arn: Arn, place: Place): string | undefined {
  if (principalKind(arn.resource) !== null) return statePrincipal(memory, formatArn(arn));
  if (!arn.resource.startsWith('instance-profile/')) return undefined;
  const key = formatArn(arn);
  return memory.node(key, () => ({
    ...inAccount(arn.account === '' ? place.account : arn.account),
    kind: 'resource',
    type: 'instance_profile',
    name: resourceName(arn),
  }));
}
