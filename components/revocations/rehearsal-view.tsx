import { ThingLink } from '#components/node/thing-link.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import type { Rehearsal } from '#lib/revocation/schema.ts';
import { VERDICT_WORDS } from './words.ts';

const day = (time: string): string => time.slice(0, 10);

/** Who would break, as the usage logs show it: callers with owner, count and last call, and what the logs could have seen. */
export function RehearsalView({ rehearsal }: { rehearsal: Rehearsal }) {
  const { verdict, coverage, callers } = rehearsal;
  return (
    <Card className="min-w-0">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="font-semibold">Who would break?</h2>
        <Badge tone={VERDICT_WORDS[verdict].tone}>{VERDICT_WORDS[verdict].label}</Badge>
      </div>
      <p className="mt-1 text-ink-muted">
        {verdict === 'cannot_tell'
          ? 'No log that was imported could have shown a use, so the silence says nothing. Ask its owner.'
          : `Looked at ${day(rehearsal.since)} to ${day(rehearsal.until)}; the logs cover ${coverage.coveredDays} of ${coverage.ofDays} days` +
            `${coverage.gaps.length > 0 ? ` with ${coverage.gaps.length} ${coverage.gaps.length === 1 ? 'gap' : 'gaps'}` : ''}.`}
      </p>
      {callers.length > 0 && <CallerTable rehearsal={rehearsal} />}
      {rehearsal.workloads.length > 0 && (
        <>
          <h3 className="mt-4 mb-1 text-sm font-medium text-ink-muted">Known to hold it or to run as it</h3>
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {rehearsal.workloads.map((workload) => (
              <li key={workload.key}>
                <ThingLink thing={workload} />
                {workload.owner && (
                  <span className="ml-1 text-sm text-ink-muted">
                    <NameText value={workload.owner.name} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

function CallerTable({ rehearsal }: { rehearsal: Rehearsal }) {
  return (
    <div role="region" aria-label="Callers" tabIndex={0} className="mt-3 overflow-x-auto">
      <table className="w-full text-sm">
        <thead className="text-left text-ink-muted">
          <tr>
            <th className="py-1 pr-4 font-medium">Caller</th>
            <th className="py-1 pr-4 font-medium">Owner</th>
            <th className="py-1 pr-4 text-right font-medium">Uses</th>
            <th className="py-1 pr-4 font-medium">Last</th>
            <th className="py-1 font-medium">On</th>
          </tr>
        </thead>
        <tbody>
          {rehearsal.callers.map((caller) => (
            <tr key={`${caller.key} ${caller.role}`} className="border-t border-line align-top">
              <td className="py-1.5 pr-4">
                <ThingLink thing={caller} />
              </td>
              <td className="py-1.5 pr-4">
                {caller.owner ? (
                  <NameText value={caller.owner.name} />
                ) : (
                  <span className="text-ink-faint">Nobody</span>
                )}
              </td>
              <td className="py-1.5 pr-4 text-right tabular-nums">
                {caller.allowed.toLocaleString('en')}
                {caller.denied > 0 && <span className="text-ink-muted"> (+{caller.denied} denied)</span>}
              </td>
              <td className="py-1.5 pr-4 tabular-nums">{day(caller.lastAt)}</td>
              <td className="py-1.5">
                {caller.targets.map((target) => target.name).join(', ')}
                {caller.moreTargets > 0 && ` and ${caller.moreTargets} more`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rehearsal.moreCallers > 0 && (
        <p className="text-sm text-ink-muted">and {rehearsal.moreCallers} more callers</p>
      )}
    </div>
  );
}
