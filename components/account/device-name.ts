/** First match wins: the engines also name the browsers that they pretend to be. */
const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
  ['curl/', 'curl'],
] as const;
const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const;

/** What a User-Agent most likely is, in words; what it claims cannot be trusted and is only a help to recognise it. */
export function deviceName(userAgent: string | null): string {
  const find = (table: readonly (readonly [string, string])[]) =>
    table.find(([mark]) => userAgent?.includes(mark) === true)?.[1];
  const browser = find(BROWSERS);
  const system = find(SYSTEMS);
  if (browser === undefined) return 'Unknown program';
  return system === undefined ? browser : `${browser} on ${system}`;
}
