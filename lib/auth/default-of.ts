/**
 * The default export of a CommonJS package: a bundler gives it directly, Node gives the module object around it.
 */
export function defaultOf<T>(imported: T): T {
  const inner = (imported as { default?: T }).default;
  return typeof imported !== 'function' && inner !== undefined ? inner : imported;
}
