import { Card } from '#components/ui/card.tsx';
import { DescriptionList } from '#components/ui/description-list.tsx';
import { KeyText, NameText } from '#components/ui/key-text.tsx';
import { KeyValue } from '#components/ui/key-value.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import type { NodeCard } from '#lib/inventory/card-schema.ts';
import { capital, STANDING_WORDS } from '../words.ts';

export function Facts({ node, aliases }: { node: NodeCard['node']; aliases: NodeCard['aliases'] }) {
  return (
    <Section title="Facts">
      <Card className="py-1">
        <DescriptionList>
          <Row term="Provider" value={node.provider} />
          <Row term="Tenant" value={node.tenant} />
          <Row term="Trust zone" value={node.zone} />
          <Row term="Bound to" value={node.boundTo === null ? null : capital(node.boundTo)} />
          <Row term="Known from" value={STANDING_WORDS[node.standing]} />
          <Time term="Created" at={node.createdAt} />
          {node.kind === 'credential' && <Time term="Rotated" at={node.rotatedAt} />}
          <Time term="Expires" at={node.expiresAt} />
          <Time term="Seen in logs" at={node.lastSeenInLogs} />
          <Time term="Last use stated" at={node.lastUsedAt} />
          <Time term="Attested until" at={node.attestedUntil} />
          <Time term="Known since" at={node.validFrom} />
          {[...node.labels, ...node.props].map(({ name, value }, index) => (
            <KeyValue key={`${name} ${index}`} term={name}>
              <NameText value={value} className="text-sm break-words" />
            </KeyValue>
          ))}
          {aliases.length > 0 && (
            <KeyValue term="Also known as">
              <ul className="grid gap-1">
                {aliases.map(({ alias, source }) => (
                  <li key={alias} title={`Stated by ${source}`}>
                    <KeyText value={alias} overflow="wrap" />
                  </li>
                ))}
              </ul>
            </KeyValue>
          )}
        </DescriptionList>
      </Card>
    </Section>
  );
}

function Row({ term, value }: { term: string; value: string | null }) {
  return <KeyValue term={term}>{value === null ? null : <NameText value={value} />}</KeyValue>;
}

function Time({ term, at }: { term: string; at: string | null }) {
  return <KeyValue term={term}>{at === null ? null : <RelativeTime at={at} />}</KeyValue>;
}
