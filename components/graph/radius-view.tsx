'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { problemText } from '#components/problem-text.ts';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { visibleText } from '#components/ui/visible-text.ts';
import type { DrawView } from '#lib/exposure/schema.ts';
import { drawGraphQuery, whyQuery } from '#lib/query/graph.ts';
import { CanvasFrame } from './canvas-frame.tsx';
import type { GraphState } from './graph-address.ts';
import type { ExplorerProps } from './graph-explorer.tsx';
import { csvHref, drawQuestion, jsonHref, whyQuestion } from './graph-questions.ts';
import { LeftOut } from './left-out.tsx';
import { hopsHighlight, pathTracer, radiusPicture } from './radius-picture.ts';
import { RadiusPanel } from './radius-panel.tsx';

/** What the start reaches, or who can reach it: rings by hops, the same as a list beside them, and why for each. */
export function RadiusView(props: ExplorerProps) {
  const { startKey, address } = props;
  const { state } = address;
  const draw = useQuery({
    ...drawGraphQuery(drawQuestion(state, startKey)),
    placeholderData: keepPreviousData,
  });
  const view = draw.data;
  // As text, so that the picture is made anew when the cut changes and not with every other change of the address.
  const cut = state.withoutEdges.join();
  const picture = useMemo(
    () => view && radiusPicture(view, new Set(cut.split(',').map(Number))),
    [view, cut],
  );
  const traceOf = useMemo(() => view && pathTracer(view, state.direction), [view, state.direction]);
  const selected = state.selected ?? '';
  const why = useQuery({
    ...whyQuery(whyQuestion(state, startKey, selected)),
    enabled: selected !== '' && selected !== startKey,
  });
  const chosen = view?.nodes.find(({ key }) => key === selected)?.id ?? null;
  const hops = why.data?.paths[0]?.hops;
  const highlight = useMemo(() => {
    if (chosen === null || !traceOf) return null;
    return hops ? hopsHighlight(hops) : traceOf(chosen);
  }, [chosen, hops, traceOf]);

  if (draw.error && !view)
    return (
      <ErrorState
        {...problemText(draw.error)}
        onRetry={() => void draw.refetch()}
        action={<Button onClick={() => address.change({ key: null })}>Find another start</Button>}
      />
    );
  return (
    <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
      <CanvasFrame
        picture={picture}
        label={view ? describe(view, state) : 'The blast radius is loading.'}
        fitKey={fitKey(state, view)}
        isStale={draw.isPlaceholderData}
        chosen={chosen}
        highlight={highlight}
        highlightOf={traceOf}
        onChoose={(id) => {
          const key = view?.nodes.find((node) => node.id === id)?.key ?? null;
          address.change({ selected: key, panel: key === null ? 'reached' : 'node' });
        }}
        fileName={`blast-radius-${view?.start.name ?? 'graph'}`}
        downloads={[
          { label: 'All rows as CSV', href: csvHref(state, startKey) },
          { label: 'This picture as JSON', href: jsonHref(state, startKey) },
        ]}
        notice={view && <LeftOut view={view} address={address} />}
      />
      <RadiusPanel {...props} view={view} why={why} />
    </div>
  );
}

/** Another question is another picture; what is taken away, or more drawn of the same, is not. */
function fitKey(state: GraphState, view: DrawView | undefined): string {
  const { direction, mode, isConditional, hops, asOf, kinds, sensitiveOnly } = state;
  const asked = [direction, mode, isConditional, hops, asOf, kinds.join(), sensitiveOnly].join('|');
  return `${String(view?.start.id)}|${asked}|${String(view?.nodes.length)}`;
}

function describe(view: DrawView, { direction, mode }: GraphState): string {
  const name = visibleText(view.start.name);
  const count = view.reached.toLocaleString('en');
  const drawn = (view.nodes.length - 1).toLocaleString('en');
  const about = direction === 'from' ? `${name} reaches ${count} nodes` : `${count} nodes can reach ${name}`;
  return `${about}, ${mode === 'unused' ? 'granted but never exercised' : mode}; ${drawn} of them are drawn in rings by hops.`;
}
