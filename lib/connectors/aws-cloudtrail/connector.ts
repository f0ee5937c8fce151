import { awsAccessKeyKey, KEY_LENGTH_MAX } from '#lib/core/keys.ts';
import type { AccessLevel } from '#lib/ontology/edge-kinds.ts';
import { actionLevel } from '../aws/action-level.ts';
import { inAccount } from '../aws/state-nodes.ts';
import {
  type Connector,
  type FactSink,
  type Reader,
  RejectedRecord,
  type SourceRecord,
} from '../connector.ts';
import type { IsoTime, UsageEvent } from '../facts.ts';
import { ObservedWindow } from '../observed-window.ts';
import { isoTime } from '../time.ts';
import { actorOf, statePrincipal } from './actor.ts';
import { delegationOf } from './delegation.ts';
import { NodeMemory } from './node-memory.ts';
import { outcomeOf } from './outcome.ts';
import { type Place, targetOf } from './target.ts';
import { part, text, trailEvent, type Trail } from './trail-event.ts';

/** Logs of AWS CloudTrail: what was done, by whom, with which key, for whom. */
export const awsCloudtrail: Connector = {
  name: 'aws-cloudtrail',
  title: 'AWS CloudTrail',
  kind: 'events',
  syntax: ['json'],
  lists: ['Records'],
  recognise(sample) {
    const { head } = sample;
    if (/"digestS3Object"|"digestStartTime"/.test(head)) return 0;
    const hits = ['eventID', 'eventSource', 'userIdentity', 'eventVersion', 'recipientAccountId'].filter(
      (name) => head.toLowerCase().includes(`"${name.toLowerCase()}"`),
    ).length;
    return hits >= 4 ? 0.98 : hits === 3 ? 0.7 : 0;
  },
  open: (sink) => new CloudtrailReader(sink),
};

const SERVICE_SUFFIX = '.amazonaws.com';
/** Lambda writes the version of its interface behind the name: `UpdateFunctionCode20150331v2`. */
const API_VERSION = /20\d{6}(?:v\d+)?$/;
/** Services that policies call by another name than their host. */
const POLICY_NAMES = new Map([
  ['monitoring', 'cloudwatch'],
  ['email', 'ses'],
  ['tagging', 'tag'],
]);
const NO_IDENTITY: Trail = {};

class CloudtrailReader implements Reader {
  readonly #sink: FactSink;
  readonly #memory: NodeMemory;
  readonly #window = new ObservedWindow();

  constructor(sink: FactSink) {
    this.#sink = sink;
    this.#memory = new NodeMemory(sink);
  }

  record(record: SourceRecord): void {
    this.#memory.begin();
    try {
      this.#read(trailEvent(record.value));
    } catch (error) {
      this.#memory.forget();
      throw error;
    }
  }

  #read(trail: Trail): void {
    if (trail['eventType'] === 'AwsCloudTrailInsight') {
      this.#sink.unknown('CloudTrail Insights event');
      return;
    }
    const time = isoTime(trail['eventTime']);
    const id = text(trail, 'eventID');
    const name = text(trail, 'eventName');
    const source = text(trail, 'eventSource');
    if (time === null) throw new RejectedRecord('The eventTime is missing or unreadable.');
    if (id === undefined || id.length > 256) throw new RejectedRecord('The eventID is empty or too long.');
    if (name === undefined || source === undefined || name.length + source.length > 256)
      throw new RejectedRecord('The eventName or the eventSource is missing or too long.');
    const identity = part(trail, 'userIdentity') ?? NO_IDENTITY;
    const place = placeOf(trail, identity, source);
    this.#sink.event(this.#usage(trail, identity, place, { id, time, name }));
    this.#window.see(`aws:${place.account}:cloudtrail`, time);
  }

  #usage(
    trail: Trail,
    identity: Trail,
    place: Place,
    { id, time, name }: { id: string; time: IsoTime; name: string },
  ): UsageEvent {
    const memory = this.#memory;
    const actor = actorOf(memory, trail, identity);
    const outcome = outcomeOf(trail);
    const action = `${place.service}:${place.service === 'lambda' ? name.replace(API_VERSION, '') : name}`;
    const target = targetOf(memory, trail, place);
    const event: UsageEvent = { id, time, actor, action, outcome, target, level: levelOf(action, trail) };
    this.#addKeys(event, trail, identity);
    const { onBehalfOf, chain } = delegationOf(memory, identity, actor);
    if (onBehalfOf !== undefined) event.onBehalfOf = onBehalfOf;
    if (chain !== undefined) event.chain = chain;
    const address = text(trail, 'sourceIPAddress');
    if (address !== undefined) event.address = address.slice(0, 255);
    const userAgent = text(trail, 'userAgent');
    if (userAgent !== undefined) event.userAgent = userAgent.slice(0, 512);
    const trace = text(trail, 'sharedEventID') ?? text(trail, 'requestID');
    if (trace !== undefined) event.trace = trace.slice(0, 256);
    return event;
  }

  /** The key that was presented and the key that was issued; of keys there are only ids, never values. */
  #addKeys(event: UsageEvent, trail: Trail, identity: Trail): void {
    const presented = text(identity, 'accessKeyId');
    if (presented !== undefined && presented.length <= 128) {
      if (presented.startsWith('AKIA')) event.credential = this.#stateKey(presented, event.actor);
      else event.session = presented;
    }
    if (event.outcome !== 'allowed') return;
    const response = part(trail, 'responseElements');
    if (response === undefined) return;
    const made = part(response, 'credentials') ?? part(response, 'accessKey');
    const issued = made === undefined ? undefined : text(made, 'accessKeyId');
    if (made === undefined || issued === undefined || issued.length > 128) return;
    event.issued = issued;
    if (issued.startsWith('AKIA')) this.#stateCreatedKey(issued, event, made);
  }

  #stateKey(id: string, holder: string, createdAt?: IsoTime): string {
    const key = this.#memory.node(awsAccessKeyKey(id), () => ({
      kind: 'credential',
      type: 'access_key',
      name: id,
      provider: 'aws',
      ...(createdAt === undefined ? {} : { createdAt }),
    }));
    this.#memory.edge({ from: key, kind: 'authenticates', to: holder });
    return key;
  }

  /** The answer to CreateAccessKey names the user that the key is for, who need not be the caller. */
  #stateCreatedKey(id: string, event: UsageEvent, made: Trail): void {
    const name = text(made, 'userName');
    const account = /^arn:[^:]*:iam::(\d+):/.exec(event.target ?? '')?.[1];
    const holder =
      name === undefined || account === undefined || name.length > KEY_LENGTH_MAX / 2
        ? event.actor
        : statePrincipal(this.#memory, `arn:aws:iam::${account}:user/${name}`, inAccount(account));
    this.#stateKey(id, holder, event.time);
  }

  end(): void {
    this.#window.write(this.#sink);
  }
}

function placeOf(trail: Trail, identity: Trail, source: string): Place {
  const host = source.endsWith(SERVICE_SUFFIX) ? source.slice(0, -SERVICE_SUFFIX.length) : source;
  return {
    service: POLICY_NAMES.get(host) ?? host,
    account: (text(trail, 'recipientAccountId') ?? text(identity, 'accountId') ?? 'unknown').slice(0, 64),
    region: (text(trail, 'awsRegion') ?? '').slice(0, 64),
  };
}

/** AWS says itself which calls only look; `readOnly` is a boolean or the text of one. */
function levelOf(action: string, trail: Trail): AccessLevel {
  const level = actionLevel(action);
  const readOnly = trail['readOnly'] === true || trail['readOnly'] === 'true';
  return readOnly && (level === 'write' || level === 'admin') ? 'read' : level;
}
