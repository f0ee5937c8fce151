import { Badge, type BadgeTone } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { Section } from '#components/ui/section.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { ClaimView, NodeCard } from '#lib/inventory/card-schema.ts';
import { NodeLink } from '../node-link.tsx';
import { capital, spoken } from '../words.ts';

const STATES = {
  accepted: 'success',
  suggested: 'info',
  disputed: 'warn',
  rejected: 'neutral',
  ended: 'neutral',
} as const satisfies Record<ClaimView['state'], BadgeTone>;

/** Who answers for it, and every reason to think so. */
export function Owner({ owner, nodeKey }: { owner: NodeCard['owner']; nodeKey: string }) {
  const queue = `/ownership?${new URLSearchParams({ q: nodeKey }).toString()}`;
  return (
    <Section title="Owner">
      <Card className="grid gap-3">
        {owner.team === null ? (
          <p className="text-ink-muted">
            Nobody answers for it.{' '}
            <TextLink href={queue}>
              {owner.claims.length > 0 ? 'Decide on the suggestions' : 'Name an owner'}
            </TextLink>
          </p>
        ) : (
          <dl className="grid gap-1.5">
            <Line term="Team" node={owner.team} />
            <Line term="Person" node={owner.person} />
            <Line term="Backup" node={owner.backup} />
          </dl>
        )}
        {owner.claims.length > 0 && (
          <ul className="grid gap-3 border-t border-line pt-3 text-sm">
            {owner.claims.map((claim) => (
              <Claim key={claim.id} claim={claim} />
            ))}
          </ul>
        )}
      </Card>
    </Section>
  );
}

function Line({ term, node }: { term: string; node: NodeCard['owner']['team'] }) {
  return (
    <div className="flex min-w-0 gap-3">
      <dt className="w-16 shrink-0 text-ink-muted">{term}</dt>
      <dd className="min-w-0">
        {node === null ? <span className="text-ink-faint">Not named</span> : <NodeLink node={node} />}
      </dd>
    </div>
  );
}

function Claim({ claim }: { claim: ClaimView }) {
  return (
    <li className="min-w-0">
      <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <NodeLink node={claim.owner} />
        <Badge tone={STATES[claim.state]}>{capital(claim.state)}</Badge>
      </div>
      <p className="mt-0.5 wrap-break-word text-ink-muted">
        <NameText value={claim.evidence} />
      </p>
      <p className="text-ink-faint">
        {capital(spoken(claim.basis))}, confidence {Math.round(claim.confidence * 100)} %
        {claim.source !== null && `, from ${claim.source}`}
      </p>
    </li>
  );
}
