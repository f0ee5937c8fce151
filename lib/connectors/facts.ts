import type { AccessLevel, EdgeKind } from '#lib/ontology/edge-kinds.ts';
import type { Environment, NodeKind, Sensitivity } from '#lib/ontology/node-kinds.ts';
import type { JsonObject } from '#lib/core/json.ts';

/** UTC time as `YYYY-MM-DDTHH:MM:SS[.ffffff]Z`; connectors make it with `isoTime` of lib/connectors/time.ts. */
export type IsoTime = string;

/**
 * How much a source knows of a node. Where two sources disagree, inventory beats logs, and both beat a mere mention.
 * A node that only logs know must not look as if it had no permissions: its permissions are unknown.
 */
export const STANDINGS = ['reference', 'log', 'inventory'] as const;
export type Standing = (typeof STANDINGS)[number];

/** A thing in the trust graph, as one source describes it. Absent fields are unknown to that source. */
export type NodeFact = {
  /** Canonical key (lib/core/keys.ts); data from outside, at most 2,048 bytes. */
  key: string;
  kind: NodeKind;
  standing: Standing;
  name?: string;
  /** aws, kubernetes, backstage, entra, gcp, vault, spiffe, okta, github, … */
  provider?: string;
  /** Account, cluster, tenant, project, organisation. */
  tenant?: string;
  environment?: Environment;
  /** Trust zone: one environment, tenant or vendor; an edge between two zones crosses a boundary. */
  zone?: string;
  /** For credentials: access_key, oauth_grant, client_secret, certificate, …; for resources: api, datastore, secret, … */
  type?: string;
  sensitivity?: Sensitivity;
  purpose?: string;
  createdAt?: IsoTime;
  rotatedAt?: IsoTime;
  expiresAt?: IsoTime;
  /** Last use as the source itself states it. */
  lastUsedAt?: IsoTime;
  /** What the provider runs by itself and nobody can attest or revoke, e.g. a service-linked role. */
  managed?: boolean;
  /** For credentials: who presents it. */
  boundTo?: 'workload' | 'person';
  /** For identities: the authorisation is decided at run time (short-lived, per task), as the source states it. */
  runtimeAuthorised?: boolean;
  /** Tags and labels as the source has them. */
  labels?: Record<string, string>;
  /** Anything else worth showing on the card; never a secret. */
  props?: JsonObject;
};

/** A trust relation, as one source describes it. Both ends are canonical keys and must be stated as nodes too. */
export type EdgeFact = {
  from: string;
  kind: EdgeKind;
  to: string;
  /** Tells parallel edges of one kind apart: the statement, the binding, the technique. Shown as "via". At most 500 characters. */
  qualifier?: string;
  level?: AccessLevel;
  /** Holds only under conditions (source address, MFA, a tag, time): kept, drawn dashed, counted by a switch. */
  conditional?: boolean;
  /** A deny or a boundary covers a part of it; `props.limitedBy` names the statement. */
  limited?: boolean;
  /** Actions or verbs, conditions in words, evidence, the technique's reference; never a secret. */
  props?: JsonObject;
  /**
   * For `grants`: the same grant also covers every known resource of this tenant whose key matches the glob
   * (`*` any run of characters, `?` one), and those that become known later.
   */
  pattern?: { tenant: string; glob: string };
};

export const OUTCOMES = ['allowed', 'denied', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One recorded use. Actor and target must be stated as nodes (standing `log`), so that they have a kind. */
export type UsageEvent = {
  /** The provider's own id of the event; with the time it makes redelivery harmless. */
  id: string;
  time: IsoTime;
  actor: string;
  /** `service:Operation`, a verb on a resource type, a method. */
  action: string;
  outcome: Outcome;
  /** Canonical key of a long-lived credential (stated as a node); sessions go to `session`. */
  credential?: string;
  /** Provider id of the short-lived session credential that was presented. */
  session?: string;
  /** Provider id of the credential that this event issued: the link to what was done with it later. */
  issued?: string;
  target?: string;
  /** Level that the action needs on the target, for the observed `calls` edge. */
  level?: AccessLevel;
  /** Identity that the actor acted for (impersonation, token exchange, a service acting for its caller). */
  onBehalfOf?: string;
  /** Actor chain as RFC 8693 has it, outermost (verified) first, inner ones informational. Canonical keys. */
  chain?: string[];
  address?: string;
  userAgent?: string;
  /** Trace, request or session id that ties several events together. */
  trace?: string;
  /** Declared purpose or task. */
  purpose?: string;
};

/** "X owns Y", with the evidence for it. */
export type ClaimFact = {
  /** Canonical key of the team or person. */
  owner: string;
  node: string;
  /** backstage, codeowners, tag, annotation, creator, register, directory, manifest. */
  basis: string;
  /** The evidence in one line, for the person who accepts it. */
  evidence: string;
  /** 0 to 1. */
  confidence: number;
};

/** Two keys that a source itself states to be the same thing; never a guess by display name. */
export type AliasFact = { alias: string; key: string };

/** A part of the world that this input speaks of; only what is `complete` ends what it no longer contains. */
export type ScopeFact = { scope: string; complete: boolean };

/** The span in which this source would have seen uses within the scope; outside it a use is unobservable. */
export type WindowFact = { scope: string; from: IsoTime; to: IsoTime };
