import { isObject } from '#lib/core/json.ts';
import { githubKey } from '#lib/core/keys.ts';
import {
  type Connector,
  type FactSink,
  type ReadContext,
  type Reader,
  RejectedRecord,
  type Sample,
  type SourceRecord,
} from '../connector.ts';
import { derivedId, levelOfAction, type Mention, writeUse } from '../logged-use.ts';
import { ObservedWindow } from '../observed-window.ts';
import { field, id, text, texts } from '../read-value.ts';
import { isoTime } from '../time.ts';

/** Audit log of a GitHub organisation or enterprise, as JSON or as its stream writes it (docs/formats/github.md). */
export const githubAudit: Connector = {
  name: 'github-audit',
  title: 'GitHub audit log',
  kind: 'events',
  syntax: ['json'],
  lists: [],
  recognise,
  open: (sink, context) => new GithubReader(sink, context),
};

function recognise(sample: Sample): number {
  const entry = sample.first;
  const action = text(field(entry, 'action')) ?? '';
  if (!/^[a-z_]+\.[a-z_.]+$/.test(action) || isObject(field(entry, 'actor'))) return 0;
  if (field(entry, 'actor') === undefined && field(entry, 'org') === undefined) return 0;
  const isGithub = ['_document_id', 'org', 'repo', 'business', 'actor_id'].some(
    (name) => field(entry, name) !== undefined,
  );
  return isGithub ? 0.95 : 0.4;
}

/** Ways to authenticate to the API, in both vocabularies of the log. */
const ACCESS_TYPES: readonly [RegExp, string][] = [
  [/personal.?access.?token/i, 'personal_access_token'],
  [/oauth/i, 'oauth_grant'],
  [/deploy.?key/i, 'deploy_key'],
  [/app/i, 'app_token'],
];

class GithubReader implements Reader {
  readonly #sink: FactSink;
  readonly #org: string;
  readonly #window = new ObservedWindow();

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#org = context.defaults.tenant ?? 'default';
  }

  record(record: SourceRecord): void {
    const entry = record.value;
    const action = id(field(entry, 'action'), 'action');
    const login = id(field(entry, 'actor'), 'actor') ?? id(field(entry, 'user'), 'user');
    if (action === undefined || login === undefined)
      throw new RejectedRecord('the entry names no action or no actor: not of the audit log');
    const time = isoTime(field(entry, '@timestamp')) ?? isoTime(field(entry, 'created_at'));
    if (time === null) throw new RejectedRecord('the entry has no readable time');
    const org = (
      id(field(entry, 'org'), 'org') ??
      id(field(entry, 'business'), 'business') ??
      this.#org
    ).toLowerCase();
    const repo = id(field(entry, 'repo') ?? field(entry, 'repository'), 'repo');
    const actor = actorOf(login, org);
    this.#window.see(`github:${org}`, time);
    const target = this.#target(repo, org);
    const credential = this.#credential(entry, org);
    writeUse(this.#sink, {
      id: id(field(entry, '_document_id'), '_document_id') ?? derivedId(time, action, login, target.key),
      time,
      actor,
      action,
      // The log holds what took effect; an action that failed says so in its name.
      outcome: /(?:^|[._])(?:failed|failure)(?:$|[._])/.test(action) ? 'failed' : 'allowed',
      target,
      level: levelOfAction(action),
      credential,
      address: text(field(entry, 'actor_ip'), 100),
      userAgent: text(field(entry, 'user_agent')),
      trace: text(field(entry, 'request_id') ?? field(entry, 'external_identity_nameid'), 200),
      purpose: text(field(entry, 'explanation'), 200),
    });
    this.#inventory(entry, action, org, repo, actor);
  }

  end(): void {
    this.#window.write(this.#sink);
  }

  /** `hashed_token` is the SHA-256 of the token: a fingerprint that other events of the token share. */
  #credential(entry: unknown, org: string): Mention | undefined {
    const hash = id(field(entry, 'hashed_token'), 'hashed_token');
    const tokenId = id(field(entry, 'token_id') ?? field(entry, 'credential_authorized'), 'token_id');
    if (hash === undefined && tokenId === undefined) return undefined;
    const written = text(field(entry, 'programmatic_access_type'), 100) ?? '';
    const type = ACCESS_TYPES.find(([pattern]) => pattern.test(written))?.[1] ?? 'token';
    const scopes = text(field(entry, 'token_scopes'), 300);
    const key = hash === undefined ? `github://tokens/${tokenId ?? ''}` : `github://tokens/sha256/${hash}`;
    return {
      key,
      kind: 'credential',
      type,
      provider: 'github',
      tenant: org,
      name: `${type} ${(tokenId ?? hash ?? '').slice(0, 10)}`,
      ...(scopes === undefined ? {} : { props: { scopes } }),
    };
  }

  #target(repo: string | undefined, org: string): Mention {
    const common = { kind: 'resource', provider: 'github', tenant: org, zone: `github:${org}` } as const;
    return repo === undefined
      ? { ...common, key: githubKey('orgs', org), type: 'organisation', name: org }
      : { ...common, key: githubKey('repos', repo), type: 'repository', name: repo };
  }

  /** Events that change who has what: an app's installation, a deploy key, a membership of a repository. */
  #inventory(entry: unknown, action: string, org: string, repo: string | undefined, actor: Mention): void {
    const place = this.#target(repo, org);
    const app = id(
      field(entry, 'integration') ?? field(entry, 'name') ?? field(entry, 'oauth_application_name'),
      'app',
    );
    if (/^integration_installation\.(?:create|repositories_added)$/.test(action) && app !== undefined) {
      const key = githubKey('apps', app);
      this.#sink.node({
        key,
        kind: 'integration',
        standing: 'log',
        provider: 'github',
        zone: `github-app:${app.toLowerCase()}`,
        type: 'github_app',
        name: app,
      });
      for (const to of installedOn(entry, place, org)) {
        this.#sink.node({ ...to, standing: 'log' });
        this.#sink.edge({
          from: key,
          kind: 'grants',
          to: to.key,
          level: 'use',
          qualifier: 'app installation',
          props: { evidence: action, by: actor.name ?? actor.key },
        });
      }
    }
    const member = id(field(entry, 'user'), 'user');
    if (/^repo\.(?:add_member|update_member)$/.test(action) && repo !== undefined && member !== undefined) {
      const to = actorOf(member, org);
      const permission = text(field(entry, 'permission') ?? field(entry, 'new_repo_permission')) ?? 'write';
      this.#sink.node({ ...to, standing: 'log' });
      const level = /admin|maintain/.test(permission)
        ? 'admin'
        : /write|push/.test(permission)
          ? 'write'
          : 'read';
      this.#sink.edge({
        from: to.key,
        kind: 'grants',
        to: place.key,
        level,
        qualifier: 'collaborator',
        props: { evidence: action },
      });
    }
  }
}

function installedOn(entry: unknown, place: Mention, org: string): Mention[] {
  const names = texts(field(entry, 'repositories_added_names'), 200).slice(0, 500);
  if (names.length === 0) return [place];
  return names.map((name) => ({
    key: githubKey('repos', name.includes('/') ? name : `${org}/${name}`),
    kind: 'resource',
    provider: 'github',
    tenant: org,
    type: 'repository',
    name,
  }));
}

/** Names that end in `[bot]` are apps; `github-actions[bot]` acts for the workflows of the repository. */
function actorOf(login: string, org: string): Mention {
  const bot = /^(.*)\[bot\]$/.exec(login);
  if (bot) {
    const name = bot[1] ?? login;
    const isPipeline = name === 'github-actions';
    return {
      key: githubKey('apps', name),
      kind: isPipeline ? 'pipeline' : 'integration',
      provider: 'github',
      tenant: org,
      type: 'github_app',
      name: login,
    };
  }
  return { key: githubKey('users', login), kind: 'person', provider: 'github', name: login };
}
