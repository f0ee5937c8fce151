/**
 * The hex values of the --node-* tokens of app/globals.css (components/node/colours.test.ts keeps them equal), for drawings that cannot read CSS, such as
 * the graph's canvas. Chosen so that any two stay apart under normal sight, protanopia and deuteranopia, and each has at
 * least 3:1 against the surface (WCAG 2.2, 1.4.11).
 */
export const NODE_COLOURS = {
  person: { light: '#be8010', dark: '#a86306' },
  team: { light: '#b15108', dark: '#ffc0a4' },
  service: { light: '#283f87', dark: '#afd2fe' },
  agent: { light: '#a476d4', dark: '#8e5ca9' },
  pipeline: { light: '#036872', dark: '#5dc3cd' },
  integration: { light: '#79154b', dark: '#bd72a7' },
  service_account: { light: '#0889a2', dark: '#4198d4' },
  role: { light: '#478059', dark: '#7aa257' },
  group: { light: '#779686', dark: '#6b7d71' },
  credential: { light: '#7f4643', dark: '#db9496' },
  policy: { light: '#504100', dark: '#cbba54' },
  resource: { light: '#6158af', dark: '#91aafb' },
} as const;

/** The other colours that a canvas needs. */
export const CANVAS_COLOURS = {
  light: {
    canvas: '#f8fafb',
    ink: '#161e23',
    inkMuted: '#49555b',
    line: '#7e868b',
    accent: '#046677',
    danger: '#af283d',
  },
  dark: {
    canvas: '#0d1113',
    ink: '#e8ecee',
    inkMuted: '#aab3b7',
    line: '#6d767b',
    accent: '#6bc8d3',
    danger: '#ed737b',
  },
} as const;
