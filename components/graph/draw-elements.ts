import type { Core, ElementDefinition } from 'cytoscape';

/** Makes the canvas show exactly these elements: what stays is changed in place, so that nothing flickers. */
export function drawElements(cy: Core, elements: readonly ElementDefinition[]): void {
  const wanted = new Map(elements.map((element) => [element.data.id ?? '', element]));
  cy.batch(() => {
    cy.elements()
      .filter((element) => !wanted.has(element.id()))
      .remove();
    for (const [id, element] of wanted) {
      const present = cy.getElementById(id);
      if (present.empty()) {
        cy.add(element);
        continue;
      }
      present.data(element.data);
      present.classes(typeof element.classes === 'string' ? element.classes : '');
      if (element.position) present.position(element.position);
    }
  });
}
