import { describe, expect, it } from 'vitest';
import type { Permission } from '#lib/authz/permissions.ts';
import { isWithin, navFor } from './nav-items.ts';

const labels = (permissions: Permission[]) =>
  navFor(permissions).map((group) => group.map((item) => item.label));

describe('navFor', () => {
  it('shows only what the person may open, and no empty group', () => {
    expect(labels([])).toEqual([['Overview']]);
    expect(labels(['review.read', 'source.read'])).toEqual([['Overview'], ['My reviews'], ['Sources']]);
  });
});

describe('isWithin', () => {
  it('takes a page and what lies below it, not a page whose name begins the same', () => {
    expect(isWithin('/graph', '/graph')).toBe(true);
    expect(isWithin('/inventory/nod_1', '/inventory')).toBe(true);
    expect(isWithin('/reviews-archive', '/reviews')).toBe(false);
  });
});
