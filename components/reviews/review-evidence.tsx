import type { ReactNode } from 'react';
import { ThingLink } from '#components/node/thing-link.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { DescriptionList } from '#components/ui/description-list.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { KeyValue } from '#components/ui/key-value.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { ItemEvidence } from '#lib/campaigns/schema.ts';
import { day, grantWords, USE_WORDS } from './words.ts';

/** The whole evidence of one item, in the order in which a person decides: is it used, by whom, what may it, how far it reaches. */
export function ReviewEvidence({ evidence }: { evidence: ItemEvidence }) {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <UsedCard evidence={evidence} />
      <CallersCard evidence={evidence} />
      <GrantedCard evidence={evidence} />
      <ReachCard evidence={evidence} />
      <FactsCard evidence={evidence} />
    </div>
  );
}

function EvidenceCard({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <Card className="min-w-0">
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <h2 className="font-semibold">{title}</h2>
        <span className="text-sm text-ink-muted tabular-nums">{aside}</span>
      </div>
      {children}
    </Card>
  );
}

const QUIET = 'text-ink-muted';

function UsedCard({ evidence: { used, subject } }: { evidence: ItemEvidence }) {
  const words = USE_WORDS[used.use];
  return (
    <EvidenceCard title="Was it used?" aside={<Badge tone={words.tone}>{words.label}</Badge>}>
      {used.use === 'used' && used.lastAt !== null && (
        <p>
          {used.allowed.toLocaleString('en')} times, last <RelativeTime at={used.lastAt} />
          {used.denied > 0 && `; ${used.denied.toLocaleString('en')} denied`}
          {used.failed > 0 && `; ${used.failed.toLocaleString('en')} failed`}.
        </p>
      )}
      {used.use === 'not_seen' && (
        <p>
          Nothing between {day(used.since)} and {day(used.until)}, of which the logs cover {used.coveredDays}{' '}
          of {used.ofDays} days.
        </p>
      )}
      {used.use === 'unobservable' && (
        <p>No log that was imported could have shown a use. That is not the same as unused.</p>
      )}
      {used.sources.length > 0 && (
        <p className={`mt-1 text-sm ${QUIET}`}>
          Seen by {used.sources.join(', ')}, {used.coveredDays} of {used.ofDays} days covered
          {used.gaps.length > 0 && `, ${used.gaps.length} ${used.gaps.length === 1 ? 'gap' : 'gaps'}`}.
        </p>
      )}
      {subject.statedLastUse !== null && (
        <p className={`mt-1 text-sm ${QUIET}`}>
          The source itself states a last use on {day(subject.statedLastUse)}.
        </p>
      )}
      <ul className="mt-2 grid gap-1">
        {used.targets.map((target) => (
          <li key={target.key} className="flex items-center justify-between gap-3 text-sm">
            <ThingLink thing={target} />
            <span className={`shrink-0 tabular-nums ${QUIET}`}>
              {target.allowed.toLocaleString('en')} · {day(target.lastAt)}
            </span>
          </li>
        ))}
      </ul>
      {used.moreTargets > 0 && <p className={`mt-1 text-sm ${QUIET}`}>and {used.moreTargets} more</p>}
    </EvidenceCard>
  );
}

function CallersCard({ evidence: { callers } }: { evidence: ItemEvidence }) {
  return (
    <EvidenceCard title="Who calls?" aside={callers.total > 0 ? callers.total : undefined}>
      {callers.total === 0 && <p className={QUIET}>The logs show nobody.</p>}
      <ul className="grid gap-1">
        {callers.shown.map((caller) => (
          <li key={caller.key} className="flex items-center justify-between gap-3 text-sm">
            <span className="flex min-w-0 items-center gap-2">
              <ThingLink thing={caller} />
              {caller.owner && (
                <span className={`truncate ${QUIET}`}>
                  <NameText value={caller.owner.name} />
                </span>
              )}
            </span>
            <span className={`shrink-0 tabular-nums ${QUIET}`}>
              {caller.allowed.toLocaleString('en')} · {day(caller.lastAt)}
            </span>
          </li>
        ))}
      </ul>
      {callers.total > callers.shown.length && (
        <p className={`mt-1 text-sm ${QUIET}`}>and {callers.total - callers.shown.length} more</p>
      )}
    </EvidenceCard>
  );
}

function GrantedCard({ evidence: { granted, permission, used } }: { evidence: ItemEvidence }) {
  const notUsed = used.use === 'unobservable' ? 'unobservable' : 'no use seen';
  return (
    <EvidenceCard title="What is granted?" aside={granted.total > 0 ? granted.total : undefined}>
      {permission && (
        <p className="mb-2 wrap-break-word">
          <NameText value={permission.sentence} />
        </p>
      )}
      {granted.total === 0 && !permission && <p className={QUIET}>Nothing that a source states.</p>}
      <ul className="grid gap-1">
        {granted.shown.map((grant) => (
          <li key={`${grant.kind} ${grant.to.key} ${grant.via}`} className="flex items-center gap-2 text-sm">
            <span className={`shrink-0 ${QUIET}`}>{grantWords(grant.kind, grant.level)}</span>
            <ThingLink thing={grant.to} />
            {grant.to.sensitivity === 'crown_jewel' && <Badge tone="danger">Crown jewel</Badge>}
            {grant.conditional && <Badge>Conditional</Badge>}
            {grant.limited && <Badge>Limited</Badge>}
            <span className={`ml-auto shrink-0 tabular-nums ${QUIET}`}>
              {grant.exercised ? `used ${day(grant.exercised.lastAt)}` : notUsed}
            </span>
          </li>
        ))}
      </ul>
      {granted.total > granted.shown.length && (
        <p className={`mt-1 text-sm ${QUIET}`}>and {granted.total - granted.shown.length} more, less grave</p>
      )}
    </EvidenceCard>
  );
}

function ReachCard({ evidence: { reach, subject } }: { evidence: ItemEvidence }) {
  return (
    <EvidenceCard title="What does it reach?">
      {reach === null ? (
        <p className={QUIET}>
          {subject.type === 'permission'
            ? 'The reach is that of its identity; see its item or card.'
            : 'It was not computed.'}
        </p>
      ) : (
        <p>
          Whoever controls it reaches {reach.nodes.toLocaleString('en')} things
          {reach.crownJewels > 0 && (
            <>
              , among them{' '}
              <strong className="text-danger-ink">
                {reach.crownJewels} {reach.crownJewels === 1 ? 'crown jewel' : 'crown jewels'}
              </strong>
            </>
          )}
          .
        </p>
      )}
      <p className="mt-2 text-sm">
        <TextLink href={`/graph?${new URLSearchParams({ key: subject.key }).toString()}`}>
          Open in the graph
        </TextLink>
      </p>
    </EvidenceCard>
  );
}

function FactsCard({ evidence: { subject, owner } }: { evidence: ItemEvidence }) {
  return (
    <EvidenceCard title="What is it?">
      <DescriptionList>
        <KeyValue term="Purpose">{subject.purpose}</KeyValue>
        <KeyValue term="Owner">{owner && <NameText value={owner.name} />}</KeyValue>
        <KeyValue term="Environment">{subject.environment}</KeyValue>
        <KeyValue term="Account or tenant">{subject.tenant}</KeyValue>
        <KeyValue term="Created">{subject.createdAt && day(subject.createdAt)}</KeyValue>
        {subject.type === 'credential' && (
          <>
            <KeyValue term="Rotated">{subject.rotatedAt && day(subject.rotatedAt)}</KeyValue>
            <KeyValue term="Expires">
              {subject.expiresAt ? day(subject.expiresAt) : 'Never, as far as stated'}
            </KeyValue>
          </>
        )}
      </DescriptionList>
    </EvidenceCard>
  );
}
