/** Ownership is asked again after this long, unless a shorter time was chosen. */
const OWNERSHIP_DAYS = 365;
/** Accepted ownership that ends within this time is shown as expiring. */
export const EXPIRING_DAYS = 30;

const DAY_MS = 86_400_000;

/** When an ownership accepted now ends: as chosen, at most a year ahead; null: the choice lies in the past. */
export function ownershipEnd(chosen: Date | null, now: Date): Date | null {
  const latest = new Date(now.getTime() + OWNERSHIP_DAYS * DAY_MS);
  if (chosen === null) return latest;
  if (chosen <= now) return null;
  return chosen < latest ? chosen : latest;
}

/** "Not mine, theirs": one owner passed a thing on to another. */
export type Pass = { from: number; to: number };

const PASS_BASIS = /^handed_over_by:(\d+)$/;
export const passBasis = (fromOwnerId: number): string => `handed_over_by:${fromOwnerId}`;

/** The passes of one thing, read from the bases of its claims. */
export function passesOf(claims: readonly { basis: string; ownerId: number }[]): Pass[] {
  return claims.flatMap(({ basis, ownerId }) => {
    const from = PASS_BASIS.exec(basis)?.[1];
    return from === undefined ? [] : [{ from: Number(from), to: ownerId }];
  });
}

/**
 * The way round when this pass would send a thing back to somebody who already passed it on: the owners in order, the
 * first once more at the end. Null: it does not. Such a thing goes to security for arbitration.
 */
export function loopClosedBy(passes: readonly Pass[], next: Pass): number[] | null {
  const cameFrom = new Map<number, number>();
  const queue = [next.to];
  const seen = new Set(queue);
  for (let owner = queue.shift(); owner !== undefined; owner = queue.shift()) {
    if (owner === next.from) return [next.from, ...wayBack(cameFrom, next)];
    for (const pass of passes) {
      if (pass.from !== owner || seen.has(pass.to)) continue;
      seen.add(pass.to);
      cameFrom.set(pass.to, owner);
      queue.push(pass.to);
    }
  }
  return null;
}

/** From the receiver of the closing pass to its sender, along the passes that were made. */
function wayBack(cameFrom: ReadonlyMap<number, number>, { from, to }: Pass): number[] {
  const way = [from];
  for (let owner = from; owner !== to;) {
    const before = cameFrom.get(owner);
    if (before === undefined) break;
    way.unshift(before);
    owner = before;
  }
  return way;
}
