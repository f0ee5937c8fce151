import type { DemoPerson } from '#lib/auth/demo-users.ts';
import { teamKey, TEAMS } from '#prisma/sample/teams.ts';

const OWNER_TEAM = 'payments';

/** One person per role for trying out the sample; the service owner leads a team of the sample organisation. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { role: 'security', name: 'Security analyst', email: 'security@meridian.example', team: null },
  {
    role: 'owner',
    name: 'Service owner',
    email: 'owner@meridian.example',
    team: {
      name: TEAMS.find((team) => team.id === OWNER_TEAM)?.name ?? OWNER_TEAM,
      nodeKey: teamKey(OWNER_TEAM),
    },
  },
  { role: 'auditor', name: 'Auditor', email: 'auditor@meridian.example', team: null },
  { role: 'administrator', name: 'Administrator', email: 'administrator@meridian.example', team: null },
];
