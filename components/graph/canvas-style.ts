import type { StylesheetJson } from 'cytoscape';
import type { CanvasColours } from './canvas-colours.ts';
import { COLUMN } from './path-layout.ts';

const LABEL_SIZE = 8;
/** Labels are drawn from a zoom of 1 on: the canvas compares with the zoom rounded up to a power of two, so it must be above the size. */
const LABEL_LEGIBLE_PX = LABEL_SIZE + 1;
/** Labels that stay when one zooms out: they grow against the zoom, to this many pixels on the screen. */
const MAJOR_LABEL_PX = 11;
const MAJOR_LABEL_MAX = 34;

/** The size, in units of the drawing, of the labels that are always read, at a zoom; in steps, so that zooming restyles seldom. */
export function majorLabelSize(zoom: number): number {
  const wanted = Math.min(MAJOR_LABEL_MAX, Math.max(LABEL_SIZE, MAJOR_LABEL_PX / zoom));
  return Math.ceil(wanted / 2) * 2;
}

/** The look of everything on the canvas. No functions: mappers and classes alone, as the canvas is fast with these. */
export function canvasStyle(colours: CanvasColours, fontFamily: string, majorSize: number): StylesheetJson {
  return [...things(colours, fontFamily, majorSize), ...edges(colours), ...states(colours)];
}

function things(colours: CanvasColours, fontFamily: string, majorSize: number): StylesheetJson {
  const heat = (colour: string, width: number) => ({
    'outline-color': colour,
    'outline-width': width,
    'outline-offset': 2.5,
  });
  return [
    {
      selector: 'node.thing',
      style: {
        ...{ width: 22, height: 22, shape: 'data(shape)' as 'ellipse', 'background-color': 'data(colour)' },
        ...{
          label: 'data(label)',
          color: colours.inkMuted,
          'font-family': fontFamily,
          'font-size': LABEL_SIZE,
        },
        ...{ 'text-valign': 'bottom', 'text-margin-y': 4, 'text-wrap': 'wrap', 'text-max-width': '54px' },
        ...{
          'text-overflow-wrap': 'whitespace',
          'line-height': 1.15,
          'min-zoomed-font-size': LABEL_LEGIBLE_PX,
        },
        'z-index': 10,
      },
    },
    { selector: 'node.confidential', style: heat(colours.heat.confidential, 1.5) },
    { selector: 'node.restricted', style: heat(colours.heat.restricted, 2.5) },
    { selector: 'node.crown_jewel', style: { ...heat(colours.heat.crown_jewel, 4), width: 26, height: 26 } },
    {
      selector: 'node.start',
      style: { width: 42, height: 42, 'border-width': 3, 'border-color': colours.ink, 'z-index': 20 },
    },
    {
      selector: 'node.start, node.crown_jewel, node.chosen, node.lit, node.cluster, node.named',
      style: {
        ...{ 'font-size': majorSize, 'min-zoomed-font-size': 0, color: colours.ink, 'font-weight': 600 },
        ...{ 'text-max-width': `${majorSize * 16}px`, 'z-index': 30 },
        ...{ 'text-background-color': colours.canvas, 'text-background-opacity': 0.85 },
        ...{ 'text-background-padding': '1px', 'text-background-shape': 'roundrectangle' },
      },
    },
    { selector: 'node.in-columns', style: { 'text-max-width': `${COLUMN - 8}px` } },
    {
      selector: 'node.beside',
      style: { 'text-halign': 'right', 'text-valign': 'center', 'text-margin-x': 6, 'text-margin-y': 0 },
    },
    {
      selector: 'node.cluster',
      style: {
        width: 34,
        height: 34,
        'border-width': 5,
        'border-style': 'double',
        'border-color': colours.canvas,
      },
    },
    {
      selector: 'node.ring',
      style: {
        ...{ width: 'data(size)', height: 'data(size)', shape: 'ellipse', 'background-opacity': 0 },
        ...{ 'border-width': 1, 'border-color': colours.faint, events: 'no', 'z-index': 0 },
        ...{
          label: 'data(label)',
          color: colours.inkMuted,
          'font-family': fontFamily,
          'font-size': majorSize,
        },
        ...{ 'text-valign': 'top', 'text-margin-y': majorSize / 1.6 },
        ...{
          'text-background-color': colours.canvas,
          'text-background-opacity': 1,
          'text-background-padding': '3px',
        },
      },
    },
  ];
}

function edges(colours: CanvasColours): StylesheetJson {
  return [
    {
      selector: 'edge',
      style: {
        ...{ width: 1, 'line-color': colours.line, opacity: 0.55, 'curve-style': 'straight' },
        ...{ 'target-arrow-shape': 'triangle', 'target-arrow-color': colours.line, 'arrow-scale': 0.6 },
        'z-index': 1,
      },
    },
    {
      selector: 'edge.exercised',
      style: {
        width: 2,
        opacity: 0.95,
        'line-color': colours.inkMuted,
        'target-arrow-color': colours.inkMuted,
      },
    },
    {
      selector: 'edge.escalates',
      style: { 'line-color': colours.danger, 'target-arrow-color': colours.danger },
    },
    { selector: 'edge.bow', style: { 'curve-style': 'bezier', 'control-point-step-size': 26 } },
    { selector: 'edge.conditional', style: { 'line-style': 'dashed', 'line-dash-pattern': [5, 4] } },
    { selector: 'edge.spoke', style: { 'line-style': 'dotted', 'target-arrow-shape': 'none' } },
  ];
}

function states(colours: CanvasColours): StylesheetJson {
  return [
    { selector: 'node.on-the-way', style: { opacity: 0.55 } },
    { selector: 'node.lost', style: { opacity: 0.22 } },
    { selector: 'edge.lost', style: { opacity: 0.15, 'line-style': 'dotted' } },
    { selector: 'node.dim', style: { opacity: 0.28, 'text-opacity': 0 } },
    { selector: 'edge.dim', style: { opacity: 0.14 } },
    { selector: 'node.lit', style: { opacity: 1, 'text-opacity': 1 } },
    {
      selector: 'edge.lit',
      style: {
        ...{ opacity: 1, width: 3, 'line-color': colours.accent, 'target-arrow-color': colours.accent },
        ...{ 'arrow-scale': 0.9, 'z-index': 25 },
      },
    },
    {
      selector: 'node.chosen',
      style: { 'border-width': 3, 'border-color': colours.accent, 'z-index': 40 },
    },
  ];
}
