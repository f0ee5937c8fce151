import { randomOf, type Call, type FactFile, type World } from './world.ts';
import { countOn, LOG_DAYS, OTHER_EVENTS, scaleOf } from './volume.ts';
import type { UsageEvent } from '#lib/connectors/facts.ts';

type Written = { events: number };

/**
 * The file line by line: header, facts, then the events day by day. The later snapshot states no time of its own (it
 * is true when it is read) and holds no events.
 */
export function* ndjsonLines(world: World, file: FactFile, written: Written): Generator<string> {
  const { calendar } = world;
  const scopes = [{ scope: file.scope, complete: true }];
  const head = {
    bailiwick: 1,
    source: file.source,
    ...(world.later ? {} : { asOf: calendar.time(0) }),
    scopes,
  };
  yield JSON.stringify(head);
  for (const node of file.nodes.values()) {
    // What is only mentioned belongs to another source, and so to none of this one's scopes.
    yield JSON.stringify(node.standing === 'reference' ? { node } : { node, scope: file.scope });
  }
  for (const edge of file.edges) yield JSON.stringify({ edge, scope: file.scope });
  for (const claim of file.claims) yield JSON.stringify({ claim, scope: file.scope });
  for (const alias of file.aliases) yield JSON.stringify({ alias });
  if (world.later) return;
  yield JSON.stringify({
    window: { scope: file.scope, from: calendar.time(LOG_DAYS), to: calendar.time(0) },
  });
  const calls = [world.agents, world.integrations, world.register].flatMap((one) => one.calls);
  const scale = scaleOf(calls, calendar, OTHER_EVENTS, 0);
  for (let day = LOG_DAYS; day >= 1; day -= 1)
    for (const event of eventsOfDay(world, file, day, scale)) {
      written.events += 1;
      yield JSON.stringify({ event });
    }
}

function* eventsOfDay(world: World, file: FactFile, day: number, scale: number): Generator<UsageEvent> {
  const random = randomOf(world, `events/${file.scope}/${world.calendar.day(day)}`);
  for (const call of file.calls) {
    const count = countOn(call, world.calendar, day, scale, random);
    for (let index = 0; index < count; index += 1) {
      const second = random.whole(18_000, 79_000);
      const trace = random.hex(16);
      yield {
        ...usageOf(call),
        id: random.uuid(),
        time: world.calendar.time(day, second),
        address: random.pick(call.addresses),
        trace,
      };
      for (const follower of call.followers ?? [])
        yield { ...follower, id: random.uuid(), time: world.calendar.time(day, second + 1), trace };
    }
  }
}

function usageOf(call: Call): Omit<UsageEvent, 'id' | 'time'> {
  const {
    perDay: _perDay,
    exact: _exact,
    fromDaysAgo: _from,
    toDaysAgo: _to,
    addresses: _a,
    followers: _f,
    ...usage
  } = call;
  return usage;
}
