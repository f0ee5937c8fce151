import type { FactSink } from '../connector.ts';
import { text } from '../read-value.ts';
import { type Entity, keyOf, nodeKindOf, readReference, type Reference } from './entity.ts';

type Stated = { owner: Reference; node: string; shown: string };

const RESOLVED = 0.9;
/** The input holds no groups and users at all, so that nothing says whether the owner exists. */
const UNCHECKED = 0.6;
const UNRESOLVED = 0.2;

/** Collects who owns what, and claims it when all entities are there, since only then is it known who exists. */
export class Owners {
  readonly #stated: Stated[] = [];
  readonly #accountable = new Set<string>();

  add(entity: Entity): void {
    const kind = entity.kind.toLowerCase();
    if (kind === 'group' || kind === 'user') this.#accountable.add(keyOf(entity));
    const owner = readReference(entity.spec['owner'], 'Group', entity);
    const shown = text(entity.spec['owner'], 200);
    if (owner !== null) this.#stated.push({ owner, node: keyOf(entity), shown: shown ?? owner.name });
  }

  write(sink: FactSink, scope: string): void {
    for (const { owner, node, shown } of this.#stated) {
      const key = keyOf(owner);
      const kind = nodeKindOf(owner.kind)?.kind === 'person' ? 'person' : 'team';
      sink.node({ key, kind, standing: 'reference', provider: 'backstage', name: owner.name });
      const [confidence, note] = this.#standing(key);
      const evidence = `spec.owner: ${shown}${note}`;
      sink.claim({ owner: key, node, basis: 'backstage', evidence, confidence }, scope);
    }
  }

  #standing(key: string): [number, string] {
    if (this.#accountable.has(key)) return [RESOLVED, ''];
    if (this.#accountable.size === 0) return [UNCHECKED, ' (the input holds no groups to check it against)'];
    return [UNRESOLVED, ' (does not resolve: the catalogue has no such group or user)'];
  }
}
