'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { DescriptionList } from '#components/ui/description-list.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { KeyValue } from '#components/ui/key-value.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import type { FindingDetail } from '#lib/findings/schema.ts';
import { ReopenDialog } from './reopen-dialog.tsx';

const ACTIONS = new Map([
  ['finding.accept', 'accepted it'],
  ['finding.reopen', 'opened it again'],
  ['finding.assign', 'assigned it'],
]);

export function FindingFacts({ finding, mayDecide }: { finding: FindingDetail; mayDecide: boolean }) {
  const [isReopening, setReopening] = useState(false);
  return (
    <div className="grid min-w-0 content-start gap-6">
      <Section title="State">
        <Card className="py-1">
          <DescriptionList>
            <KeyValue term="Owner">
              {finding.owner === null ? 'Nobody' : <NameText value={finding.owner} />}
            </KeyValue>
            <KeyValue term="Assigned to">
              {finding.assignee === null ? 'Nobody' : <NameText value={finding.assignee.name} />}
            </KeyValue>
            <KeyValue term="First seen">
              <RelativeTime at={finding.firstSeen} />
            </KeyValue>
            <KeyValue term="Last seen">
              <RelativeTime at={finding.lastSeen} />
            </KeyValue>
            {finding.state === 'accepted' && finding.acceptedUntil !== null && (
              <KeyValue term="Accepted">
                until <RelativeTime at={finding.acceptedUntil} /> by{' '}
                <NameText value={finding.acceptedBy ?? ''} />
                <span className="mt-1 block text-ink-muted">
                  <NameText value={finding.reason ?? ''} />
                </span>
                {mayDecide && (
                  <Button size="small" className="mt-2" onClick={() => setReopening(true)}>
                    Open it again
                  </Button>
                )}
              </KeyValue>
            )}
          </DescriptionList>
        </Card>
      </Section>
      <Section title="Frameworks">
        <Card>
          <ul className="grid gap-2 text-sm">
            {finding.references.map((one) => (
              <li key={one.id}>
                <span className="font-medium">{one.id}</span> {one.title}
                <span className="block text-ink-faint">{one.framework}</span>
              </li>
            ))}
          </ul>
        </Card>
      </Section>
      {finding.history.length > 0 && (
        <Section title="Decisions">
          <ol className="grid gap-3 text-sm">
            {finding.history.map((one) => (
              <li key={one.at}>
                <NameText value={one.by} className="font-medium" /> {ACTIONS.get(one.action) ?? one.action}{' '}
                <RelativeTime at={one.at} className="text-ink-faint" />
                {one.reason !== null && (
                  <p className="wrap-break-word text-ink-muted">
                    <NameText value={one.reason} />
                  </p>
                )}
              </li>
            ))}
          </ol>
        </Section>
      )}
      <ReopenDialog
        ids={[finding.id]}
        isOpen={isReopening}
        onOpenChange={setReopening}
        onDone={() => undefined}
      />
    </div>
  );
}
