import { backstageKey, personKey } from '#lib/core/keys.ts';
import { DOMAIN } from './accounts.ts';

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly mail: string;
};
export type Team = { readonly id: string; readonly name: string; readonly purpose: string };

export const TEAMS: readonly Team[] = [
  { id: 'payments', name: 'Payments', purpose: 'Takes and pays out money' },
  { id: 'billing', name: 'Billing', purpose: 'Invoices, prices and taxes' },
  { id: 'customer', name: 'Customer', purpose: 'Customer accounts, sign-in and support' },
  { id: 'routing', name: 'Routing', purpose: 'Plans routes and the fleet' },
  { id: 'tracking', name: 'Tracking', purpose: 'Where every shipment is' },
  { id: 'warehouse', name: 'Warehouse', purpose: 'Stock, docks and labels' },
  { id: 'partners', name: 'Partners', purpose: 'Carriers, customs and quotes' },
  { id: 'insight', name: 'Insight', purpose: 'Data, reports and forecasts' },
  { id: 'platform', name: 'Platform', purpose: 'Clusters, pipelines and agents' },
  { id: 'security', name: 'Security', purpose: 'Keys, access and detection' },
];

/** Dissolved in spring; its name still stands as an owner in the catalogue and in tags. */
export const DISSOLVED_TEAM = 'customs';

const GIVEN =
  'Ada Bruno Clara Dario Elin Farid Greta Hugo Ines Jonas Kaya Lev Mina Nils Olga Pavel Rosa Sami Tilda Umar Vera Wim Yara Zeno Anouk Boris Celia Dana Emil Freya'.split(
    ' ',
  );
const FAMILY =
  'Ahlberg Bellan Corwen Dastur Elmqvist Farkona Grenfeld Hallam Iverdal Jarosz Kestrel Lindqvar Morneau Nystad Ostrava Pelling Quarn Rosted Salveg Tarnow Ulmer Vandel Westrum Yarrow Zelnik'.split(
    ' ',
  );
const PEOPLE_PER_TEAM = 6;

const person = (index: number, team: string): Person => {
  const given = GIVEN[index % GIVEN.length] ?? '';
  const family = FAMILY[(index * 7 + Math.floor(index / FAMILY.length)) % FAMILY.length] ?? '';
  const id = `${given}.${family}`.toLowerCase();
  return { id, name: `${given} ${family}`, team, mail: `${id}@${DOMAIN}` };
};

/** Sixty invented people, six to a team; the first of a team leads it. */
export const PEOPLE: readonly Person[] = TEAMS.flatMap((team, teamIndex) =>
  Array.from({ length: PEOPLE_PER_TEAM }, (_, index) => person(teamIndex * PEOPLE_PER_TEAM + index, team.id)),
);

/** Left the company; nobody took over what bears their name. */
export const LEAVERS: readonly Person[] = [
  person(101, 'payments'),
  person(108, 'warehouse'),
  person(115, 'partners'),
  person(122, 'insight'),
  person(129, 'platform'),
];

export const teamKey = (team: string): string => backstageKey('default', 'Group', team);
export const teamMail = (team: string): string => `${team}@${DOMAIN}`;
export const personOf = (person: Person): string => personKey(person.mail);

export function leaver(index: number): Person {
  const found = LEAVERS[index];
  if (!found) throw new RangeError(`There is no leaver ${index}.`);
  return found;
}

export function lead(team: string): Person {
  const found = PEOPLE.find((one) => one.team === team);
  if (!found) throw new RangeError(`Nobody works in ${team}.`);
  return found;
}
