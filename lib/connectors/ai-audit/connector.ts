import { isObject } from '#lib/core/json.ts';
import { mcpServerKey, personKey } from '#lib/core/keys.ts';
import {
  type Connector,
  type FactSink,
  type Reader,
  RejectedRecord,
  type Sample,
  type SourceRecord,
} from '../connector.ts';
import { levelOfAction, type Mention, writeUse } from '../logged-use.ts';
import { ObservedWindow } from '../observed-window.ts';
import { at, field, id, requiredId, text } from '../read-value.ts';
import { isoTime } from '../time.ts';

/** Activity of an AI provider's organisation: keys, service accounts, tool servers, roles (docs/formats/ai-audit.md). */
export const aiAudit: Connector = {
  name: 'ai-audit',
  title: 'AI provider audit log',
  kind: 'events',
  syntax: ['json'],
  lists: ['data'],
  recognise,
  open: (sink) => new AiAuditReader(sink),
};

function recognise(sample: Sample): number {
  const listed = field(sample.first, 'data');
  const entry = Array.isArray(listed) ? (listed[0] as unknown) : sample.first;
  if (
    !isObject(field(entry, 'actor')) ||
    field(entry, 'type') === undefined ||
    field(entry, 'organization_id') === undefined
  )
    return 0;
  return /_actor$/.test(text(at(entry, 'actor', 'type')) ?? '') ? 0.97 : 0.6;
}

class AiAuditReader implements Reader {
  readonly #sink: FactSink;
  readonly #window = new ObservedWindow();

  constructor(sink: FactSink) {
    this.#sink = sink;
  }

  record(record: SourceRecord): void {
    const entry = record.value;
    const type = requiredId(field(entry, 'type'), 'type');
    const org = requiredId(
      field(entry, 'organization_id') ?? field(entry, 'organization_uuid'),
      'organization_id',
    );
    const time = isoTime(field(entry, 'created_at'));
    if (time === null) throw new RejectedRecord('the event has no readable time');
    const by = field(entry, 'actor');
    const actor = actorOf(by, org);
    const key = id(field(by, 'api_key_id') ?? field(by, 'admin_api_key_id'), 'api_key_id');
    const target = targetOf(entry, type, org);
    this.#window.see(`anthropic:${org}`, time);
    writeUse(this.#sink, {
      id: requiredId(field(entry, 'id'), 'id'),
      time,
      actor,
      action: type,
      outcome: /(?:fail|denied|blocked|rejected)/.test(type)
        ? /denied|blocked/.test(type)
          ? 'denied'
          : 'failed'
        : 'allowed',
      target,
      level: levelOfAction(type.replaceAll('_', '.')),
      credential: key === undefined ? undefined : apiKey(org, key),
      address: text(field(by, 'ip_address'), 100),
      userAgent: text(field(by, 'user_agent')),
      trace: text(field(entry, 'request_id'), 200),
    });
    this.#inventory(entry, type, org, time, actor);
  }

  end(): void {
    this.#window.write(this.#sink);
  }

  /** Events that change what there is: keys, tool servers, roles. */
  #inventory(entry: unknown, type: string, org: string, time: string, actor: Mention): void {
    const made = id(
      field(entry, 'admin_api_key_id') ?? field(entry, 'service_key_id') ?? field(entry, 'api_key_id'),
      'key id',
    );
    if (made !== undefined && /_key_(?:created|deleted|revoked|disabled|updated)$/.test(type)) {
      const credential = apiKey(org, made);
      const life = type.endsWith('created')
        ? { createdAt: time }
        : /deleted|revoked/.test(type)
          ? { expiresAt: time }
          : {};
      this.#sink.node({
        ...credential,
        ...life,
        ...(type.startsWith('admin') ? { type: 'admin_api_key' } : {}),
        standing: 'log',
      });
      if (type.endsWith('created')) this.#sink.edge({ from: actor.key, kind: 'holds', to: credential.key });
    }
    const server = toolServer(entry, org);
    if (server !== null && /created|connected|added|enabled|updated/.test(type)) {
      const organisation = orgResource(org);
      this.#sink.node({ ...organisation, standing: 'log' });
      this.#sink.node({ ...server, standing: 'log' });
      this.#sink.edge({ from: actor.key, kind: 'grants', to: server.key, level: 'admin', qualifier: type });
    }
    const role = text(field(entry, 'role'), 100);
    const subject = id(field(entry, 'target_id') ?? field(entry, 'user_id'), 'target_id');
    if (type === 'role_assignment_granted' && role !== undefined && subject !== undefined) {
      const to = resourceOf(entry, org);
      const member: Mention = {
        key: `anthropic://${org}/users/${subject}`,
        kind: 'person',
        provider: 'anthropic',
        tenant: org,
        name: subject,
      };
      this.#sink.node({ ...member, standing: 'log' });
      this.#sink.node({ ...to, standing: 'log' });
      const level = /admin|owner/.test(role)
        ? 'admin'
        : /editor|developer|write/.test(role)
          ? 'write'
          : /viewer|read/.test(role)
            ? 'read'
            : 'use';
      this.#sink.edge({ from: member.key, kind: 'grants', to: to.key, level, qualifier: role });
    }
  }
}

const located = (org: string) => ({ provider: 'anthropic', tenant: org, zone: `anthropic:${org}` });

function actorOf(by: unknown, org: string): Mention {
  const mail = id(field(by, 'email_address') ?? field(by, 'unauthenticated_email_address'), 'email_address');
  const kind = text(field(by, 'type')) ?? '';
  if (mail?.includes('@')) return { key: personKey(mail), kind: 'person', name: mail };
  const user = id(field(by, 'user_id'), 'user_id');
  if (user !== undefined)
    return { key: `anthropic://${org}/users/${user}`, kind: 'person', ...located(org), name: user };
  const key = id(field(by, 'api_key_id') ?? field(by, 'admin_api_key_id'), 'api_key_id');
  if (key !== undefined)
    return {
      key: `anthropic://${org}/api-clients/${key}`,
      kind: 'integration',
      type: 'api_client',
      ...located(org),
      name: `client of key ${key}`,
    };
  const name = kind === '' ? 'unknown actor' : kind.replaceAll('_', ' ');
  return {
    key: `anthropic://${org}/actors/${name.replaceAll(' ', '-')}`,
    kind: 'service',
    type: 'unresolved',
    ...located(org),
    name,
  };
}

function apiKey(org: string, keyId: string): Mention {
  return {
    key: `anthropic://${org}/api-keys/${keyId}`,
    kind: 'credential',
    type: 'api_key',
    ...located(org),
    name: keyId,
  };
}

const orgResource = (org: string): Mention => ({
  key: `anthropic://${org}`,
  kind: 'resource',
  type: 'organisation',
  ...located(org),
  name: org,
});

function toolServer(entry: unknown, org: string): Mention | null {
  const server = id(field(entry, 'mcp_server_id'), 'mcp_server_id');
  const name = text(
    field(entry, 'mcp_server_name') ?? field(entry, 'integration_name') ?? field(entry, 'integration_type'),
    200,
  );
  const own = server ?? id(field(entry, 'integration_id'), 'integration_id');
  if (own === undefined) return null;
  return {
    key: mcpServerKey(`anthropic/${org}/${own}`),
    kind: 'resource',
    type: server === undefined ? 'integration' : 'mcp_server',
    ...located(org),
    name: name ?? own,
  };
}

function resourceOf(entry: unknown, org: string): Mention {
  const type = text(field(entry, 'resource_type'), 100);
  const own = id(field(entry, 'resource_id'), 'resource_id');
  return own === undefined || type === undefined
    ? orgResource(org)
    : { key: `anthropic://${org}/${type}s/${own}`, kind: 'resource', type, ...located(org), name: own };
}

/** The thing an event names by the id that fits its type (`claude_file_id` for `claude_file_*`), else the organisation. */
function targetOf(entry: unknown, type: string, org: string): Mention {
  const server = toolServer(entry, org);
  if (server !== null) return server;
  if (field(entry, 'resource_id') !== undefined) return resourceOf(entry, org);
  for (const name of [
    'claude_project_id',
    'claude_chat_id',
    'claude_file_id',
    'claude_artifact_id',
    'workspace_id',
  ]) {
    const own = id(field(entry, name), name);
    const kind = name.slice(0, -'_id'.length).replace('claude_', '');
    if (own !== undefined && type.includes(kind))
      return {
        key: `anthropic://${org}/${kind}s/${own}`,
        kind: 'resource',
        type: kind,
        ...located(org),
        name: own,
      };
  }
  return orgResource(org);
}
