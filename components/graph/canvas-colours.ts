import { CANVAS_COLOURS } from '#components/ui/node-colours.ts';

export type Scheme = 'light' | 'dark';

/** The tokens --danger, --high and --medium of app/globals.css: how grave it is when the node is reached. */
const HEAT = {
  light: { crown_jewel: '#af283d', restricted: '#b45004', confidential: '#a17904' },
  dark: { crown_jewel: '#ed737b', restricted: '#e87e42', confidential: '#f0bb3b' },
} as const;

/** The token --line: what only helps the eye. */
const FAINT = { light: '#d5dadd', dark: '#2b3236' } as const;

export const canvasColours = (scheme: Scheme) => ({
  ...CANVAS_COLOURS[scheme],
  faint: FAINT[scheme],
  heat: HEAT[scheme],
});
export type CanvasColours = ReturnType<typeof canvasColours>;
