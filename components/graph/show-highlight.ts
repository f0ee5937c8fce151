import type { Core } from 'cytoscape';
import { edgeElementId, nodeElementId } from './to-elements.ts';

/** Nodes and edges that stand out, by number. */
export type Highlight = { nodes: readonly number[]; edges: readonly number[] };

/** Lights up a part and dims the rest; null shows everything alike. The chosen node keeps its mark either way. */
export function showHighlight(cy: Core, highlight: Highlight | null, chosen: number | null): void {
  cy.batch(() => {
    cy.elements().removeClass('lit dim chosen');
    if (chosen !== null) cy.getElementById(nodeElementId(chosen)).addClass('chosen');
    if (highlight === null) return;
    const lit = cy.collection();
    for (const id of highlight.nodes) lit.merge(cy.getElementById(nodeElementId(id)));
    for (const id of highlight.edges) lit.merge(cy.getElementById(edgeElementId(id)));
    if (lit.empty()) return;
    cy.elements().not(lit).not('.ring').addClass('dim');
    lit.addClass('lit');
  });
}
