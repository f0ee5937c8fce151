import { isObject } from '#lib/core/json.ts';
import { id } from '../read-value.ts';

const SECRET_NAME =
  /token|secret|passw|api.?key|credential|private.?key|auth|bearer|cookie|session|\bpat\b|access.?key/i;
/** `${VAR}`, `${input:name}`, `$VAR`, `{{ name }}`: names of a value, not the value. */
const REFERENCE = /\$\{[^}]*\}|^\$[A-Za-z_]\w*$|\{\{[^}]*\}\}|<[A-Za-z_ -]+>|\{[a-z_][\w-]*\}/;

export type HeldSecret = {
  name: string;
  /** True when the configuration holds the value itself, not a reference to it. */
  isInline: boolean;
  value: string | null;
};

/** Entries of `env` or `headers` that look like secrets, by their name or by the value's form; values are for fingerprinting only. */
export function heldSecrets(value: unknown): HeldSecret[] {
  if (!isObject(value)) return [];
  const found: HeldSecret[] = [];
  for (const [name, content] of Object.entries(value)) {
    if (typeof content !== 'string' || content === '' || content.length > 20_000) continue;
    const label = id(name.slice(0, 200), 'name');
    if (label === undefined) continue;
    if (!SECRET_NAME.test(label) && !/^(?:Bearer|Basic|token)\s/i.test(content)) continue;
    const isReference = REFERENCE.test(content);
    found.push({ name: label, isInline: !isReference, value: isReference ? null : content });
  }
  return found;
}

/** Arguments and addresses without what may be a secret in them: a package name, a host and path. */
export function safeAddress(url: string): string | null {
  try {
    const address = new URL(url);
    return `${address.protocol}//${address.host}${address.pathname}`.replace(/\/+$/, '');
  } catch {
    return null;
  }
}
