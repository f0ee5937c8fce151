import type { Random } from './random.ts';
import { DISSOLVED_TEAM, lead } from './teams.ts';

/** How the organisation marks what it owns: half states it, a quarter only hints at it, a quarter says nothing. */
export type OwnerMark = 'stated' | 'hint' | 'none';

export function ownerMark(random: Random): OwnerMark {
  const roll = random.unit();
  if (roll < 0.5) return 'stated';
  return roll < 0.75 ? 'hint' : 'none';
}

/** Tags or labels for the mark. What only hints names a channel, a tool or a team that is gone. */
export function ownerTags(mark: OwnerMark, team: string, random: Random): [string, string][] {
  if (mark === 'none') return [];
  if (mark === 'stated') return [['owner', random.chance(0.7) ? team : lead(team).mail]];
  return random.pick<[string, string][]>([
    [['contact', `chat-${team}-oncall`]],
    [['maintainer', 'terraform-legacy']],
    [['team', `${team}-old`]],
    [['owner', DISSOLVED_TEAM]],
  ]);
}
