import type { JsonObject } from '#lib/core/json.ts';
import type { FactSink } from '../connector.ts';
import { list, text } from '../read-value.ts';
import { type Entity, keyOf, readReference, type Reference } from './entity.ts';

/** So many members and children are shown on the card; their number is always. */
const MEMBERS_MAX = 100;

/** Collects who is in which team: either side, the group or the user, may be the only one that says so. */
export class Teams {
  readonly #members = new Map<string, Set<string>>();
  readonly #groups = new Map<string, JsonObject>();

  add(entity: Entity): void {
    const kind = entity.kind.toLowerCase();
    if (kind === 'group') {
      const parent = readReference(entity.spec['parent'], 'Group', entity);
      this.#groups.set(keyOf(entity), {
        ...(parent === null ? {} : { parent: keyOf(parent) }),
        children: references(entity, 'children', 'Group').slice(0, MEMBERS_MAX).map(keyOf),
        groupType: text(entity.spec['type'], 100) ?? null,
      });
      for (const one of references(entity, 'members', 'User')) this.#member(keyOf(entity), one);
    } else if (kind === 'user') {
      for (const group of references(entity, 'memberOf', 'Group')) this.#member(keyOf(group), entity);
    }
  }

  write(sink: FactSink, scope: string): void {
    for (const [key, props] of this.#groups) {
      const members = [...(this.#members.get(key) ?? [])];
      const shown = { members: members.slice(0, MEMBERS_MAX), memberCount: members.length };
      sink.node({ key, kind: 'team', standing: 'inventory', props: { ...props, ...shown } }, scope);
    }
  }

  #member(team: string, user: Reference): void {
    const members = this.#members.get(team) ?? new Set();
    this.#members.set(team, members.add(keyOf(user)));
  }
}

export function references(entity: Entity, name: string, defaultKind: string): Reference[] {
  return list(entity.spec[name])
    .slice(0, 2000)
    .map((one) => readReference(one, defaultKind, entity))
    .filter((one) => one !== null);
}
