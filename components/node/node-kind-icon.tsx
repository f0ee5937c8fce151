import {
  Bot,
  Boxes,
  Cog,
  Database,
  HatGlasses,
  KeyRound,
  Plug,
  ScrollText,
  Server,
  User,
  Users,
  Workflow,
  type LucideIcon,
} from 'lucide-react';
import { classNames } from '#components/ui/class-names.ts';
import type { NodeKind } from '#lib/ontology/node-kinds.ts';

const ICONS = {
  person: { Icon: User, colour: 'text-node-person' },
  team: { Icon: Users, colour: 'text-node-team' },
  service: { Icon: Server, colour: 'text-node-service' },
  agent: { Icon: Bot, colour: 'text-node-agent' },
  pipeline: { Icon: Workflow, colour: 'text-node-pipeline' },
  integration: { Icon: Plug, colour: 'text-node-integration' },
  service_account: { Icon: Cog, colour: 'text-node-service-account' },
  role: { Icon: HatGlasses, colour: 'text-node-role' },
  group: { Icon: Boxes, colour: 'text-node-group' },
  credential: { Icon: KeyRound, colour: 'text-node-credential' },
  policy: { Icon: ScrollText, colour: 'text-node-policy' },
  resource: { Icon: Database, colour: 'text-node-resource' },
} as const satisfies Record<NodeKind, { Icon: LucideIcon; colour: string }>;

/** The icon of a kind, for places where the word stands beside it. */
export function NodeKindIcon({ kind, className }: { kind: NodeKind; className?: string }) {
  const { Icon, colour } = ICONS[kind];
  return <Icon aria-hidden className={classNames('size-4 shrink-0', colour, className)} />;
}
