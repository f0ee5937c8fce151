import type { Scope } from './question.ts';

type ScopeInput = {
  mode: 'granted' | 'exercised' | 'unused';
  conditional: boolean;
  asOf?: string | undefined;
  hops?: number | undefined;
  withoutEdges: number[];
  withoutNodes: number[];
};

/** The scope of a question from the address of a screen. */
export function scopeOf(input: ScopeInput): Scope {
  return {
    mode: input.mode === 'exercised' ? 'exercised' : 'granted',
    includeConditional: input.conditional,
    asOf: input.asOf === undefined ? null : Math.floor(Date.parse(input.asOf) / 1000),
    maxHops: input.hops ?? null,
    excludeEdges: input.withoutEdges,
    excludeNodes: input.withoutNodes,
  };
}
