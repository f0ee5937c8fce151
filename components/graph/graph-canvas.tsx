'use client';

import cytoscape from 'cytoscape';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useColourScheme } from '#components/shell/colour-scheme.ts';
import { canvasColours } from './canvas-colours.ts';
import { canvasStyle, majorLabelSize } from './canvas-style.ts';
import { drawElements } from './draw-elements.ts';
import { showHighlight, type Highlight } from './show-highlight.ts';
import { nearestInDirection, type Arrow } from './move-focus.ts';
import type { Picture } from './picture.ts';
import { toElements } from './to-elements.ts';

/** What the buttons around the canvas may ask of it. */
export type CanvasHandle = {
  zoomBy: (factor: number) => void;
  fit: () => void;
  /** The whole picture, twice as sharp as the screen. */
  png: () => Promise<Blob>;
};

export type GraphCanvasProps = {
  picture: Picture;
  /** What the picture is of, read aloud; the list beside it says the same in words. */
  label: string;
  /** The view jumps to the whole picture whenever this changes, and stays where it is otherwise. */
  fitKey: string;
  chosen: number | null;
  highlight: Highlight | null;
  /** What lights up while a node is under the pointer. */
  highlightOf: (id: number) => Highlight;
  onChoose: (id: number | null) => void;
  onOpenCluster?: (id: string) => void;
  /** Handed the canvas when it is there, and null when it goes. */
  onReady: (handle: CanvasHandle | null) => void;
};

const FIT_PADDING = 28;
const FIT_ZOOM_MAX = 1.3;
const ARROWS: Partial<Record<string, Arrow>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** The drawing. Owns the one Cytoscape instance; everything that it shows comes in, everything that is pressed goes out. */
export function GraphCanvas(props: GraphCanvasProps) {
  const scheme = useColourScheme();
  const container = useRef<HTMLDivElement>(null);
  const canvas = useRef<cytoscape.Core | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (container.current === null) return;
    const cy = openCanvas(container.current);
    canvas.current = cy;
    const release = listen(cy, latest);
    latest.current.onReady(handleOf(cy));
    const observer = new ResizeObserver(() => cy.resize());
    observer.observe(container.current);
    const { onReady } = latest.current;
    return () => {
      onReady(null);
      observer.disconnect();
      release();
      cy.destroy();
      canvas.current = null;
    };
  }, []);

  useEffect(() => {
    const cy = canvas.current;
    if (cy === null || container.current === null) return;
    const { fontFamily } = getComputedStyle(container.current);
    const restyle = () => cy.style(canvasStyle(canvasColours(scheme), fontFamily, majorLabelSize(cy.zoom())));
    let size = majorLabelSize(cy.zoom());
    restyle();
    const onZoom = () => {
      if (majorLabelSize(cy.zoom()) === size) return;
      size = majorLabelSize(cy.zoom());
      restyle();
    };
    cy.on('zoom', onZoom);
    return () => void cy.off('zoom', onZoom);
  }, [scheme]);

  useEffect(() => {
    if (canvas.current) drawElements(canvas.current, toElements(props.picture, scheme));
  }, [props.picture, scheme]);

  useEffect(() => {
    if (canvas.current) fit(canvas.current);
  }, [props.fitKey]);

  useEffect(() => {
    if (canvas.current) showHighlight(canvas.current, props.highlight, props.chosen);
  }, [props.highlight, props.chosen, props.picture, scheme]);

  function onKeyDown(event: KeyboardEvent) {
    const arrow = ARROWS[event.key];
    if (event.key === 'Escape') props.onChoose(null);
    if (arrow === undefined) return;
    event.preventDefault();
    const next = nearestInDirection(props.picture.nodes, props.chosen, arrow);
    if (next !== null) props.onChoose(next);
  }

  return (
    <div
      role="application"
      aria-roledescription="graph"
      aria-label={`${props.label} Arrow keys go from node to node; the list beside it holds the same.`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="absolute inset-0 focus-visible:-outline-offset-2"
    >
      {/* The library would add a style element of its own, which the Content-Security-Policy refuses. */}
      <span hidden id="__________cytoscape_stylesheet" />
      <div ref={container} className="relative size-full" />
    </div>
  );
}

function openCanvas(container: HTMLElement): cytoscape.Core {
  return cytoscape({
    container,
    elements: [],
    layout: { name: 'preset' },
    minZoom: 0.04,
    maxZoom: 5,
    autoungrabify: true,
    boxSelectionEnabled: false,
    autounselectify: true,
  });
}

/** Passes on what is pressed and pointed at, to whatever the latest properties say. */
function listen(cy: cytoscape.Core, latest: { readonly current: GraphCanvasProps }): () => void {
  const idOf = (target: cytoscape.NodeSingular) => Number(target.id().slice(1));
  const onTap = (event: cytoscape.EventObject) => {
    const { onChoose, onOpenCluster } = latest.current;
    if (event.target === cy) {
      onChoose(null);
      return;
    }
    const target = event.target as cytoscape.NodeSingular;
    if (target.hasClass('cluster')) onOpenCluster?.(target.id());
    else if (target.hasClass('thing')) onChoose(idOf(target));
  };
  const onOver = (event: cytoscape.EventObject) => {
    const target = event.target as cytoscape.NodeSingular;
    const { highlightOf, chosen } = latest.current;
    cy.container()?.classList.add('cursor-pointer');
    if (!target.hasClass('cluster')) showHighlight(cy, highlightOf(idOf(target)), chosen);
  };
  const onOut = () => {
    cy.container()?.classList.remove('cursor-pointer');
    showHighlight(cy, latest.current.highlight, latest.current.chosen);
  };
  cy.on('tap', onTap);
  cy.on('mouseover', 'node.thing', onOver);
  cy.on('mouseout', 'node.thing', onOut);
  return () => void cy.removeAllListeners();
}

function handleOf(cy: cytoscape.Core): CanvasHandle {
  return {
    zoomBy: (factor) =>
      cy.zoom({
        level: cy.zoom() * factor,
        renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 },
      }),
    fit: () => fit(cy),
    png: () => cy.png({ output: 'blob-promise', full: true, scale: 2, maxWidth: 8_000, maxHeight: 8_000 }),
  };
}

function fit(cy: cytoscape.Core): void {
  cy.fit(undefined, FIT_PADDING);
  if (cy.zoom() <= FIT_ZOOM_MAX) return;
  cy.zoom(FIT_ZOOM_MAX);
  cy.center();
}
