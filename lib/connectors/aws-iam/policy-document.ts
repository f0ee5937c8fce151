import { isObject } from '#lib/core/json.ts';
import { objectsOf, textField, textsOf } from '../aws/read-fields.ts';
import { field, text } from '../read-value.ts';
import { RejectedRecord } from '../connector.ts';
import { type Condition, readConditions } from './conditions.ts';

/** One statement with its exclusions apart: `NotAction: X` is every action (`*`) except X, never X. */
export type Statement = {
  /** The Sid, or `#n` by its place. */
  name: string;
  /** Name of the policy that holds it, for words. */
  policy: string;
  allow: boolean;
  /** Lower case. */
  actions: readonly string[];
  exceptActions: readonly string[];
  resources: readonly string[];
  exceptResources: readonly string[];
  conditions: readonly Condition[];
  /** Statements that take a part of it away, in words. */
  limitedBy: readonly string[];
};

export type TrustStatement = {
  name: string;
  allow: boolean;
  actions: readonly string[];
  /** The Principal member: `*`, or by form (`AWS`, `Service`, …). */
  principals: readonly { form: string; value: string }[];
  /** It said NotPrincipal: everyone except these. */
  inverted: boolean;
  conditions: readonly Condition[];
};

const STATEMENTS_MAX = 2_000;
const DOCUMENT_CHARS_MAX = 512 * 1024;

/** A policy document as the CLI gives it (an object) or the API does (URL-encoded JSON text). */
function readDocument(value: unknown): Record<string, unknown> {
  if (isObject(value)) return value;
  if (typeof value !== 'string')
    throw new RejectedRecord('The policy document is neither an object nor text.');
  if (value.length > DOCUMENT_CHARS_MAX)
    throw new RejectedRecord('The policy document is longer than 512 KiB.');
  const parsed = parseText(value);
  if (!isObject(parsed)) throw new RejectedRecord('The policy document is not JSON of an object.');
  return parsed;
}

function parseText(encoded: string): unknown {
  const trimmed = encoded.trim();
  try {
    return JSON.parse(trimmed.startsWith('{') ? trimmed : decodeURIComponent(trimmed));
  } catch {
    throw new RejectedRecord('The policy document is not readable JSON.');
  }
}

function statementObjects(document: unknown): Record<string, unknown>[] {
  return objectsOf(field(readDocument(document), 'Statement')).slice(0, STATEMENTS_MAX);
}

/** Sids are meant to be unique in a document but are not always there; a place in the list always is. */
function statementNames(statements: readonly Record<string, unknown>[]): string[] {
  const seen = new Set<string>();
  return statements.map((statement, index) => {
    const sid = (textField(statement, 'Sid') ?? '').trim().slice(0, 120).toWellFormed();
    const name = sid === '' ? `#${index + 1}` : seen.has(sid) ? `${sid} #${index + 1}` : sid;
    seen.add(name);
    return name;
  });
}

export function readPolicy(policy: string, document: unknown): Statement[] {
  const objects = statementObjects(document);
  const names = statementNames(objects);
  return objects.flatMap((statement, index) => {
    const effect = textField(statement, 'Effect')?.toLowerCase();
    if (effect !== 'allow' && effect !== 'deny') return [];
    const action = field(statement, 'Action');
    const resource = field(statement, 'Resource');
    const notAction = lower(field(statement, 'NotAction'));
    const notResource = textsOf(field(statement, 'NotResource')).map(openVariables);
    return [
      {
        name: names[index] ?? `#${index + 1}`,
        policy,
        allow: effect === 'allow',
        actions: action === undefined && notAction.length > 0 ? ['*'] : lower(action),
        exceptActions: action === undefined ? notAction : [],
        resources:
          resource === undefined && notResource.length > 0 ? ['*'] : textsOf(resource).map(openVariables),
        exceptResources: resource === undefined ? notResource : [],
        conditions: readConditions(field(statement, 'Condition')),
        limitedBy: [],
      },
    ];
  });
}

/** Runs of stars mean what one star means. */
const collapse = (pattern: string): string => pattern.replace(/\*{2,}/g, '*');

const lower = (value: unknown): string[] => textsOf(value).map((text) => collapse(text.trim().toLowerCase()));

/** A policy variable stands for what the request brings: here for anything. */
const openVariables = (resource: string): string =>
  collapse(resource.replace(/\$\{[*?$]\}/g, '?').replace(/\$\{[^}]*\}/g, '*'));

export function readTrust(document: unknown): TrustStatement[] {
  const objects = statementObjects(document);
  const names = statementNames(objects);
  return objects.flatMap((statement, index) => {
    const effect = textField(statement, 'Effect')?.toLowerCase();
    if (effect !== 'allow' && effect !== 'deny') return [];
    const principal = field(statement, 'Principal');
    const inverted = principal === undefined;
    return [
      {
        name: names[index] ?? `#${index + 1}`,
        allow: effect === 'allow',
        actions: textsOf(field(statement, 'Action')),
        principals: readPrincipals(inverted ? field(statement, 'NotPrincipal') : principal),
        inverted,
        conditions: readConditions(field(statement, 'Condition')),
      },
    ];
  });
}

const FORMS = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

function readPrincipals(value: unknown): { form: string; value: string }[] {
  const byForm: [string, unknown][] = isObject(value) ? Object.entries(value) : [['AWS', value]];
  return byForm.flatMap(([name, texts]) => {
    const form =
      FORMS.find((known) => known.toLowerCase() === name.toLowerCase()) ?? text(name, 64) ?? 'unnamed';
    return textsOf(texts)
      .map((text) => ({ form, value: text.trim() }))
      .filter((principal) => principal.value !== '');
  });
}
