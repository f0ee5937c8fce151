import { ShieldX, Waypoints } from 'lucide-react';
import { NodeKindBadge } from '#components/node/node-kind-badge.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Breadcrumb } from '#components/ui/breadcrumb.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { KeyText, NameText } from '#components/ui/key-text.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { NodeCard } from '#lib/inventory/card-schema.ts';
import { SensitivityBadge } from '../sensitivity-badge.tsx';
import { UseBadge } from '../use-badge.tsx';
import { capital, graphHref, LIFETIME_WORDS, spoken } from '../words.ts';

const TAB_OF = new Map<string, string>([
  ['credential', 'credentials'],
  ['resource', 'resources'],
  ['policy', 'policies'],
  ['team', 'accountable'],
  ['person', 'accountable'],
]);
const REVOCABLE = [
  'service',
  'agent',
  'pipeline',
  'integration',
  'service_account',
  'role',
  'credential',
  'policy',
];

export function CardHeader({ node, mayRevoke }: { node: NodeCard['node']; mayRevoke: boolean }) {
  const tab = TAB_OF.get(node.kind) ?? 'identities';
  return (
    <PageHeader
      breadcrumb={
        <Breadcrumb
          trail={[
            { label: 'Inventory', href: '/inventory' },
            {
              label: capital(tab === 'accountable' ? 'teams and people' : tab),
              href: `/inventory?tab=${tab}`,
            },
          ]}
        />
      }
      title={<NameText value={node.name} />}
      meta={
        <>
          <NodeKindBadge kind={node.kind} />
          {node.type !== null && <Badge>{capital(spoken(node.type))}</Badge>}
          {node.environment !== null && <Badge>{capital(node.environment)}</Badge>}
          {node.sensitivity !== null && <SensitivityBadge sensitivity={node.sensitivity} />}
          {node.lifetime !== null && (
            <Badge tone={LIFETIME_WORDS[node.lifetime].tone}>{LIFETIME_WORDS[node.lifetime].label}</Badge>
          )}
          {node.managed && <Badge tone="info">Managed by the provider</Badge>}
          <UseBadge use={node.use} />
        </>
      }
      description={
        <>
          <span className="flex min-w-0 items-center gap-1">
            <KeyText value={node.key} overflow="wrap" />
            <CopyButton text={node.key} label="Copy the key" />
          </span>
          {node.purpose !== null && (
            <span className="block">
              <NameText value={node.purpose} />
            </span>
          )}
          {node.validTo !== null && (
            <span className="block text-warn-ink">
              It ended <RelativeTime at={node.validTo} />: no source states it any more.
            </span>
          )}
        </>
      }
      actions={
        <>
          <LinkButton href={graphHref(node.key)}>
            <Waypoints aria-hidden />
            Open in the graph
          </LinkButton>
          {mayRevoke && REVOCABLE.includes(node.kind) && node.validTo === null && (
            <LinkButton href={`/revocations/new?${new URLSearchParams({ node: node.key }).toString()}`}>
              <ShieldX aria-hidden />
              Revoke
            </LinkButton>
          )}
        </>
      }
    />
  );
}
