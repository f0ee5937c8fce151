import { describe, expect, it } from 'vitest';
import { chooseNamed, type Nameable } from './choose-named.ts';

const node = (id: number, x: number, y: number, more: Partial<Nameable> = {}): Nameable => ({
  ...{ id, x, y, length: 10, isAlways: false, isAsking: true },
  ...more,
});

describe('chooseNamed', () => {
  it('names all that have room', () => {
    expect(chooseNamed([node(1, 0, 0), node(2, 200, 0)], 300)).toEqual(new Set([1, 2]));
  });

  it('leaves out a name that would cover the one before it', () => {
    expect(chooseNamed([node(1, 0, 0), node(2, 40, 0)], 300)).toEqual(new Set([1]));
  });

  it('leaves out a name that would cover a node', () => {
    expect(chooseNamed([node(1, 0, 0), node(2, 5, 25, { isAsking: false })], 300)).toEqual(new Set());
  });

  it('names the start and the crown jewels whatever they cover, and lets others give way', () => {
    expect(chooseNamed([node(1, 0, 0), node(2, 40, 0, { isAlways: true })], 300)).toEqual(new Set([2]));
  });

  it('has room for fewer names when the picture is larger', () => {
    const nodes = [node(1, 0, 0), node(2, 120, 0)];
    expect(chooseNamed(nodes, 300).size).toBe(2);
    expect(chooseNamed(nodes, 2_000).size).toBe(1);
  });
});
