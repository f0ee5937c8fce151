import { Badge } from '#components/ui/badge.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import type { CredentialView } from '#lib/inventory/card-schema.ts';
import { NodeLink } from '../node-link.tsx';
import { UseBadge } from '../use-badge.tsx';
import { capital, LIFETIME_WORDS, spoken } from '../words.ts';
import { Dash, SimpleTable } from './simple-table.tsx';

const HEADS = [
  'Credential',
  'Relation',
  'Type',
  'Lifetime',
  'Created',
  'Rotated',
  'Expires',
  'Use',
  'Last used',
];

export function Credentials({ credentials }: { credentials: readonly CredentialView[] }) {
  if (credentials.length === 0) return null;
  return (
    <Section title="Credentials" description="What proves to be it, and what it holds.">
      <SimpleTable
        label="Credentials"
        heads={HEADS.map((name) => ({ name }))}
        rows={credentials.map((one) => ({
          id: String(one.id),
          cells: [
            <NodeLink key="name" node={one} />,
            one.relation === 'proves' ? 'Proves to be it' : 'Held by it',
            one.type === null ? <Dash key="type" /> : capital(spoken(one.type)),
            one.lifetime === null ? (
              <Dash key="life" />
            ) : (
              <Badge key="life" tone={LIFETIME_WORDS[one.lifetime].tone}>
                {LIFETIME_WORDS[one.lifetime].label}
              </Badge>
            ),
            <Time key="created" at={one.createdAt} />,
            <Time key="rotated" at={one.rotatedAt} />,
            <Time key="expires" at={one.expiresAt} />,
            <UseBadge key="use" use={one.use} />,
            <Time key="used" at={one.lastUsed} />,
          ],
        }))}
      />
    </Section>
  );
}

function Time({ at }: { at: string | null }) {
  return at === null ? <Dash /> : <RelativeTime at={at} />;
}
