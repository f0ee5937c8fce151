import cytoscape from 'cytoscape';
import { describe, expect, it } from 'vitest';
import type { Picture, PictureEdge, PictureNode } from './picture.ts';
import { shortLabel, toElements } from './to-elements.ts';

const node = (id: number, more: Partial<PictureNode> = {}): PictureNode => ({
  ...{ id, key: `k${id}`, kind: 'role', name: `role ${id}`, sensitivity: null, x: id, y: -id },
  ...{ isStart: false, isLost: false, isOnTheWay: false, isNamed: false },
  ...more,
});
const edge = (id: number, from: number, to: number, more: Partial<PictureEdge> = {}): PictureEdge => ({
  ...{ id, from, to, kind: 'assumes', conditional: false, lastExercised: null, isLost: false },
  ...more,
});
const picture = (more: Partial<Picture>): Picture => ({
  ...{ nodes: [], edges: [], clusters: [], rings: [], labels: 'below' },
  ...more,
});
const find = (of: Picture, id: string) => toElements(of, 'light').find(({ data }) => data.id === id);

describe('toElements', () => {
  it('keeps a node and an edge of the same number apart', () => {
    const ids = toElements(picture({ nodes: [node(1), node(2)], edges: [edge(1, 1, 2)] }), 'light').map(
      ({ data }) => data.id,
    );
    expect(ids).toEqual(['n1', 'n2', 'e1']);
  });

  it('says by classes what an edge is: conditional, exercised, an escalation, lost', () => {
    const drawn = picture({
      nodes: [node(1), node(2)],
      edges: [
        edge(1, 1, 2, { conditional: true, lastExercised: '2026-01-01T00:00:00.000Z' }),
        edge(2, 1, 2, { kind: 'escalates', isLost: true }),
      ],
    });
    expect(find(drawn, 'e1')?.classes).toBe('conditional exercised');
    expect(find(drawn, 'e2')?.classes).toBe('escalates lost');
  });

  it('says by classes how grave a node is and what part it plays', () => {
    const drawn = picture({
      nodes: [node(1, { isStart: true, sensitivity: 'crown_jewel', isOnTheWay: true })],
    });
    expect(String(find(drawn, 'n1')?.classes).split(' ')).toEqual(
      expect.arrayContaining(['thing', 'crown_jewel', 'start', 'on-the-way']),
    );
  });

  it('leaves out an edge whose end is not drawn, which the canvas would refuse', () => {
    expect(find(picture({ nodes: [node(1)], edges: [edge(1, 1, 2)] }), 'e1')).toBeUndefined();
  });

  it('is taken by the canvas whatever the names hold', () => {
    const names = ['__proto__', 'constructor', '<img src=x onerror=alert(1)>', '\ud800', '"]{}:,', ''];
    const drawn = picture({ nodes: names.map((name, at) => node(at, { name, key: name })) });
    const cy = cytoscape({ headless: true, elements: toElements(drawn, 'dark') });
    expect(cy.nodes()).toHaveLength(names.length);
  });
});

describe('shortLabel', () => {
  it('keeps both ends of a long name', () => {
    const short = shortLabel('arn:aws:iam::111122223333:role/release-broker');
    expect(Array.from(short).length).toBeLessThanOrEqual(24);
    expect(short).toMatch(/^arn:aws:iam::.*…e-broker$|^arn:aws:iam::.*…\S+broker$/);
  });

  it('writes out what would reverse the text', () => {
    expect(shortLabel('pay\u202elor')).toBe('pay‹U+202E›lor');
  });

  it('never cuts a surrogate pair in two', () => {
    for (let length = 20; length < 40; length++)
      expect(shortLabel('🔑'.repeat(length)).isWellFormed()).toBe(true);
  });
});
