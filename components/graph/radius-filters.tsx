'use client';

import { Input } from '#components/ui/input.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { SegmentedControl } from '#components/ui/segmented-control.tsx';
import { Select } from '#components/ui/select.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { Button } from '#components/ui/button.tsx';
import { SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Direction, Mode } from './graph-address.ts';
import type { GraphAddress } from './use-graph-address.ts';

const DIRECTIONS = [
  { value: 'from', label: 'Reaches' },
  { value: 'into', label: 'Reached by' },
] as const satisfies readonly { value: Direction; label: string }[];

const MODES = [
  { value: 'granted', label: 'Granted' },
  { value: 'exercised', label: 'Exercised' },
  { value: 'unused', label: 'Never exercised' },
] as const satisfies readonly { value: Mode; label: string }[];

const HOP_CHOICES = [1, 2, 3, 4, 5, 6, 8, 10];

/** What of the blast radius is shown; each choice is in the address. */
export function RadiusFilters({ address }: { address: GraphAddress }) {
  const { state, change } = address;
  return (
    <>
      <SegmentedControl
        label="Direction"
        className="whitespace-nowrap"
        segments={DIRECTIONS}
        value={state.direction}
        onChange={(direction) => change({ direction, selected: null })}
      />
      <SegmentedControl
        label="Granted or exercised"
        className="whitespace-nowrap"
        segments={MODES}
        value={state.mode}
        onChange={(mode) => change({ mode })}
      />
      <MoreFilters address={address} />
    </>
  );
}

function MoreFilters({ address: { state, change } }: { address: GraphAddress }) {
  const set = [state.hops !== null, !state.isConditional, state.asOf !== null, state.sensitiveOnly].filter(
    Boolean,
  );
  const trigger = (
    <Button className={set.length > 0 ? 'border-accent font-normal' : 'font-normal'}>
      <SlidersHorizontal aria-hidden />
      <span>
        More
        {set.length > 0 && <span className="text-accent-text tabular-nums">: {set.length}</span>}
      </span>
    </Button>
  );
  return (
    <Popover trigger={trigger} label="More filters" align="end" className="grid w-80 gap-4 p-4">
      <Choice
        label="Conditional edges"
        hint="Those that hold only under conditions; drawn dashed."
        id="graph-conditional"
      >
        <Switch
          id="graph-conditional"
          checked={state.isConditional}
          onCheckedChange={(isConditional) => change({ isConditional })}
        />
      </Choice>
      <Choice label="Sensitive only" hint="Restricted nodes and crown jewels." id="graph-sensitive">
        <Switch
          id="graph-sensitive"
          checked={state.sensitiveOnly}
          onCheckedChange={(sensitiveOnly) => change({ sensitiveOnly })}
        />
      </Choice>
      <Choice label="At most" id="graph-hops">
        <Select
          id="graph-hops"
          className="w-40"
          value={String(state.hops ?? '')}
          placeholder="any number of hops"
          options={HOP_CHOICES.map((hops) => ({
            value: String(hops),
            label: hops === 1 ? '1 hop' : `${hops} hops`,
          }))}
          onChange={(event) =>
            change({ hops: event.target.value === '' ? null : Number(event.target.value) })
          }
        />
      </Choice>
      <Choice label="As of the end of" hint="Empty: now." id="graph-as-of">
        <Input
          id="graph-as-of"
          type="date"
          className="w-40"
          value={state.asOf ?? ''}
          onChange={(event) => change({ asOf: event.target.value || null })}
        />
      </Choice>
    </Popover>
  );
}

function Choice({
  id,
  label,
  hint,
  children,
}: {
  id: string;
  label: string;
  hint?: string;
  children: ReactNode;
}) {
  return (
    <div className="flex items-center justify-between gap-4">
      <div className="min-w-0">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {hint && <p className="text-sm text-ink-muted">{hint}</p>}
      </div>
      {children}
    </div>
  );
}
