import { grantOf, integrationKey } from '../integrations.ts';
import { apiKey } from '../accounts.ts';
import type { FactFile, Story, World } from '../world.ts';

const VENDOR = 'loadsense-analytics';

/** Story 3: the contract ended 74 days ago, the grant still reads customers every day. */
export function plantOutlivedGrant(world: World): Story {
  const { integrations, calendar } = world;
  const grant = grantOf(VENDOR);
  integrations.node({ key: grant, kind: 'credential', lastUsedAt: calendar.time(1, 61_000) });
  if (world.later) removeCredential(integrations, grant);
  retire(world, 'parcelwise');
  integrations.node({
    key: integrationKey('northlane-maps'),
    kind: 'integration',
    expiresAt: calendar.time(-330),
    props: {
      contract: 'C-7731',
      contractEnds: calendar.day(-330),
      replaces: `a contract that ended on ${calendar.day(31)}`,
      vendor: 'northlane-maps',
    },
  });
  return {
    id: 'outlived-grant',
    title: "A vendor's OAuth grant that outlived its contract",
    keys: new Map<string, string | string[]>([
      ['start', integrationKey(VENDOR)],
      ['credential', grant],
      ['contractEnded', calendar.day(74)],
      ['reaches', ['customers', 'orders'].map(apiKey)],
    ]),
    decoys: [
      {
        key: integrationKey('parcelwise'),
        why: 'Its contract ended as well; its grant ended with it and is not used.',
      },
      { key: integrationKey('northlane-maps'), why: 'The old contract ended, a new one took its place.' },
    ],
  };
}

/** The decoy's grant ended on the day of its contract and nothing came in since. */
function retire(world: World, vendor: string): void {
  const { integrations, calendar } = world;
  const grant = grantOf(vendor);
  integrations.node({
    key: grant,
    kind: 'credential',
    expiresAt: calendar.time(120),
    lastUsedAt: calendar.time(121),
  });
  drop(integrations.calls, (call) => call.credential === grant);
  drop(integrations.edges, (edge) => edge.from === integrationKey(vendor) && edge.kind === 'grants');
}

/** What a later inventory does once the credential was revoked. */
function removeCredential(file: FactFile, credential: string): void {
  file.nodes.delete(credential);
  drop(file.edges, (edge) => edge.from === credential || edge.to === credential);
  drop(file.aliases, (alias) => alias.key === credential);
}

function drop<T>(items: T[], unwanted: (item: T) => boolean): void {
  items.splice(0, items.length, ...items.filter((item) => !unwanted(item)));
}
