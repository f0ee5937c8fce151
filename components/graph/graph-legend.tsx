import { NodeShape } from './node-shape.tsx';
import { EDGE_KINDS } from '#lib/ontology/edge-kinds.ts';
import { NODE_KIND_NAMES, NODE_KINDS } from '#lib/ontology/node-kinds.ts';
import type { Picture } from './picture.ts';

const LINES = [
  { name: 'Exercised: a log showed it', style: 'stroke-ink-muted stroke-2' },
  { name: 'Granted, not seen in use', style: 'stroke-line-strong stroke-1' },
  { name: 'Holds only under conditions', style: 'stroke-line-strong stroke-1 [stroke-dasharray:5_4]' },
  { name: `Escalation: ${EDGE_KINDS.escalates.words}`, style: 'stroke-danger stroke-1' },
] as const;

const HEAT = [
  { name: 'Crown jewel', style: 'stroke-danger stroke-[3]' },
  { name: 'Restricted', style: 'stroke-high stroke-2' },
  { name: 'Confidential', style: 'stroke-medium stroke-1' },
] as const;

/** What the shapes, rings and lines of this picture mean; kinds that are not in it are left out. */
export function GraphLegend({ picture }: { picture: Picture }) {
  const present = new Set([...picture.nodes, ...picture.clusters].map(({ kind }) => kind));
  return (
    <div className="absolute bottom-3 left-3 max-h-[calc(100%-1.5rem)] w-60 overflow-y-auto rounded-lg border border-line bg-surface p-3 text-sm shadow-lift">
      <h2 className="sr-only">Legend</h2>
      <ul className="grid gap-1">
        {NODE_KIND_NAMES.filter((kind) => present.has(kind)).map((kind) => (
          <li key={kind} className="flex items-center gap-2">
            <NodeShape kind={kind} />
            {NODE_KINDS[kind].label}
          </li>
        ))}
      </ul>
      <ul className="mt-2 grid gap-1 border-t border-line pt-2">
        {HEAT.map(({ name, style }) => (
          <li key={name} className="flex items-center gap-2">
            <svg aria-hidden viewBox="0 0 16 16" className="size-4 fill-none">
              <circle cx="8" cy="8" r="6" className={style} />
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <ul className="mt-2 grid gap-1 border-t border-line pt-2">
        {LINES.map(({ name, style }) => (
          <li key={name} className="flex items-center gap-2">
            <svg aria-hidden viewBox="0 0 24 8" className="h-2 w-6 shrink-0">
              <line x1="0" x2="24" y1="4" y2="4" className={style} />
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <p className="mt-2 border-t border-line pt-2 text-ink-muted">
        Arrows point the way in which control flows.
      </p>
    </div>
  );
}
