import type { IsoTime } from './facts.ts';

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s*(Z|[+-]\d\d:?\d\d)?(?:\s+[+-]\d{4})?$/;
const DOTNET = /^\\?\/Date\((-?\d{1,16})\)\\?\/$/;

/** Years outside these are a broken clock or an attack, not data. */
const YEAR_MIN = 1990;
const YEAR_MAX = 2199;

/**
 * Reads a time in any of the spellings that sources use (docs/data-formats.md) as UTC; null when it is unreadable,
 * unknown (`0001-01-01`, `N/A`) or outside 1990–2199. Text without a zone is taken as UTC. Numbers are epoch seconds,
 * milliseconds, microseconds or nanoseconds by their size. Keeps microseconds.
 */
export function isoTime(value: unknown): IsoTime | null {
  if (typeof value === 'number' || typeof value === 'bigint') return fromEpoch(Number(value));
  if (typeof value !== 'string') return null;
  const text = value.trim();
  const iso = ISO.exec(text);
  if (iso) return fromParts(iso);
  const dotnet = DOTNET.exec(text);
  if (dotnet) return fromMillis(Number(dotnet[1]));
  if (/^\d{9,19}$/.test(text)) return fromEpoch(Number(text));
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return fromMillis(Date.parse(`${text}T00:00:00Z`));
  if (/^[A-Z][a-z]{2} \d{1,2}, \d{4}, \d{1,2}:\d\d:\d\d [AP]M$/.test(text))
    return fromMillis(Date.parse(`${text} UTC`));
  return null;
}

function fromParts(parts: RegExpExecArray): IsoTime | null {
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = parts;
  const offset = zone === 'Z' ? 'Z' : zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const millis = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  const whole = fromMillis(millis);
  if (whole === null) return null;
  const micros = fraction.slice(0, 6).replace(/0+$/, '');
  return micros === '' ? whole : whole.replace('Z', `.${micros}Z`);
}

function fromEpoch(value: number): IsoTime | null {
  const size = Math.abs(value);
  if (size < 1e11) return fromMillis(value * 1e3);
  if (size < 1e14) return fromMillis(value);
  if (size < 1e17) return fromMillis(value / 1e3);
  return fromMillis(value / 1e6);
}

function fromMillis(millis: number): IsoTime | null {
  if (!Number.isFinite(millis)) return null;
  const date = new Date(millis);
  const year = date.getUTCFullYear();
  if (!(year >= YEAR_MIN && year <= YEAR_MAX)) return null;
  const text = date.toISOString();
  return text.endsWith('.000Z') ? text.replace('.000Z', 'Z') : text;
}
