import { createHash } from 'node:crypto';
import type { AccessLevel } from '#lib/ontology/edge-kinds.ts';
import type { FactSink } from './connector.ts';
import type { IsoTime, NodeFact, Outcome, UsageEvent } from './facts.ts';

/** What a log says of something it mentions; how much it knows of it is the log's standing. */
export type Mention = Omit<NodeFact, 'standing'>;

/** One use as a log tells it, with the things it mentions instead of their keys. */
export type LoggedUse = {
  id: string;
  time: IsoTime;
  actor: Mention;
  action: string;
  outcome: Outcome;
  target?: Mention | undefined;
  level?: AccessLevel | undefined;
  /** A long-lived credential; what it proves to be, where the log says so, is stated too. */
  credential?: Mention | undefined;
  credentialProves?: Mention | undefined;
  onBehalfOf?: Mention | undefined;
  /** Outermost actor first, as RFC 8693 has it. */
  chain?: readonly Mention[] | undefined;
  session?: string | undefined;
  issued?: string | undefined;
  address?: string | undefined;
  userAgent?: string | undefined;
  trace?: string | undefined;
  purpose?: string | undefined;
};

/** States everything a use mentions, and the use itself. */
export function writeUse(sink: FactSink, use: LoggedUse): void {
  const { actor, target, credential, credentialProves, onBehalfOf, chain, ...rest } = use;
  const event: Record<string, unknown> = { actor: actor.key };
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) event[name] = value;
  state(sink, actor);
  const proved = credentialProves ?? actor;
  if (credential !== undefined) {
    state(sink, credential);
    event['credential'] = credential.key;
    state(sink, proved);
    if (proved.kind !== 'team') sink.edge({ from: credential.key, kind: 'authenticates', to: proved.key });
  }
  if (target !== undefined) {
    state(sink, target);
    event['target'] = target.key;
  }
  if (onBehalfOf !== undefined) {
    state(sink, onBehalfOf);
    event['onBehalfOf'] = onBehalfOf.key;
  }
  if (chain !== undefined && chain.length > 0) {
    for (const link of chain) state(sink, link);
    event['chain'] = chain.map(({ key }) => key);
  }
  sink.event(event as UsageEvent);
}

const state = (sink: FactSink, mention: Mention): void => sink.node({ ...mention, standing: 'log' });

const LEVEL_WORDS: readonly [RegExp, AccessLevel][] = [
  [/(?:^|[^a-z])(?:setiampolicy|grant|assign|role|permission|owner|policy|privilege|admin)/i, 'admin'],
  [
    /(?:^|[^a-z])(?:add|create|update|delete|remove|set|put|patch|insert|enable|disable|revoke|modify|change|destroy|rotate|invite|register|write|edit|push|upload)/i,
    'write',
  ],
  [/(?:^|[^a-z])(?:get|list|read|view|describe|search|download|lookup|fetch|pull|clone|show|query)/i, 'read'],
];

/** Level that an action's name suggests, for logs that do not say; use when it suggests none. */
export function levelOfAction(action: string): AccessLevel {
  return (
    LEVEL_WORDS.find(([pattern]) => pattern.test(action.replace(/([a-z])([A-Z])/g, '$1.$2')))?.[1] ?? 'use'
  );
}

/** Id of an event whose source gives none: the same content has the same id, so that redelivery is harmless. */
export function derivedId(...parts: readonly (string | undefined)[]): string {
  return `derived-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;
}
