import { z } from 'zod';
import { SEVERITIES } from '#lib/findings/schema.ts';
import { nodeRow } from '#lib/inventory/schema.ts';

/** Shapes of the overview; safe for the browser. Times are ISO 8601 in UTC. */

const part = z.object({ count: z.number(), of: z.number() });
const time = z.string().nullable();

export const overviewView = z.object({
  /** Nothing was ever imported. */
  isEmpty: z.boolean(),
  totals: z.object({
    identities: z.number(),
    credentials: z.number(),
    permissions: z.number(),
    resources: z.number(),
    events: z.number(),
  }),
  /** Identities with an accepted owner. */
  owned: part,
  /** Identities whose attestation still holds. */
  attested: part,
  lifetimes: z.object({ standing: z.number(), dated: z.number(), short: z.number() }),
  /** Of what logs could have seen used. */
  unused: z.object({ identities: part, credentials: part }),
  /** What no log could have seen used. */
  unobservable: z.object({ identities: z.number(), credentials: z.number() }),
  findings: z.array(z.object({ severity: z.enum(SEVERITIES), count: z.number() })),
  campaigns: z.array(
    z.object({ id: z.string(), name: z.string(), dueAt: z.string(), decided: z.number(), items: z.number() }),
  ),
  sources: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      format: z.string().nullable(),
      lastRunAt: time,
      lastRunState: z.string().nullable(),
      /** Last moment that its logs cover. */
      coveredTo: time,
    }),
  ),
  /** UTC days, oldest first, none left out. */
  eventsPerDay: z.array(z.object({ day: z.string(), allowed: z.number(), refused: z.number() })),
});
export type OverviewView = z.output<typeof overviewView>;

export const widestView = z.object({
  version: z.number(),
  /** How many identities were asked, of how many there are. */
  asked: z.number(),
  of: z.number(),
  rows: z.array(
    nodeRow
      .pick({ id: true, key: true, name: true, kind: true, environment: true, owner: true })
      .extend({ reached: z.number(), sensitive: z.number(), crownJewels: z.number() }),
  ),
});
export type WidestView = z.output<typeof widestView>;
