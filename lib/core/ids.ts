import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Prefixes tell a reader of a log or an address what an id names. */
export type IdPrefix =
  | 'usr'
  | 'ses'
  | 'tem'
  | 'tok'
  | 'src'
  | 'run'
  | 'upl'
  | 'clm'
  | 'cmp'
  | 'itm'
  | 'rev'
  | 'fnd'
  | 'bnd'
  | 'req'
  | 'inv'
  | 'whk';

/** A new random id such as `cmp_7k2v…` in Crockford's base 32: 5 random bits a character, 100 unless more are asked for. */
export function newId(prefix: IdPrefix, characters = 20): string {
  let text = '';
  for (const byte of randomBytes(characters)) text += ALPHABET.charAt(byte & 31);
  return `${prefix}_${text}`;
}
