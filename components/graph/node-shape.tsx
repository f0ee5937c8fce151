import { classNames } from '#components/ui/class-names.ts';
import type { NodeKind } from '#lib/ontology/node-kinds.ts';

/** Each kind's shape on the canvas (`shape` of lib/ontology/node-kinds.ts), as points in a box of 16. */
const POLYGONS = {
  person: null,
  team: '5,1 11,1 15,5 15,11 11,15 5,15 1,11 1,5',
  service: '1,2.5 15,2.5 15,13.5 1,13.5',
  agent: '8,0.5 10,5.6 15.5,5.9 11.2,9.3 12.7,14.7 8,11.6 3.3,14.7 4.8,9.3 0.5,5.9 6,5.6',
  pipeline: '1,3 11,3 15,13 5,13',
  integration: '3.5,2 12.5,2 15,5 15,11 12.5,14 3.5,14 1,11 1,5',
  service_account: '4.5,1.5 11.5,1.5 15,8 11.5,14.5 4.5,14.5 1,8',
  role: '4.5,1.5 11.5,1.5 15,8 11.5,14.5 4.5,14.5 1,8',
  group: '5,1 11,1 15,5 15,11 11,15 5,15 1,11 1,5',
  credential: '8,0.5 15.5,8 8,15.5 0.5,8',
  policy: '1,2.5 11,2.5 15,8 11,13.5 1,13.5',
  resource: '1.5,3 5,1.5 11,1.5 14.5,3 14.5,13 11,14.5 5,14.5 1.5,13',
} as const satisfies Record<NodeKind, string | null>;

const FILLS = {
  person: 'fill-node-person',
  team: 'fill-node-team',
  service: 'fill-node-service',
  agent: 'fill-node-agent',
  pipeline: 'fill-node-pipeline',
  integration: 'fill-node-integration',
  service_account: 'fill-node-service-account',
  role: 'fill-node-role',
  group: 'fill-node-group',
  credential: 'fill-node-credential',
  policy: 'fill-node-policy',
  resource: 'fill-node-resource',
} as const satisfies Record<NodeKind, string>;

/** A node as the canvas draws it, for the legend. */
export function NodeShape({ kind }: { kind: NodeKind }) {
  const points = POLYGONS[kind];
  return (
    <svg aria-hidden viewBox="0 0 16 16" className={classNames('size-4 shrink-0', FILLS[kind])}>
      {points === null ? <circle cx="8" cy="8" r="7" /> : <polygon points={points} />}
    </svg>
  );
}
