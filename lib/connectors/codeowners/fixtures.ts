/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = ['* @a @org/b', '/docs/ x@example.com # why', '[S] @c', '/x'];
