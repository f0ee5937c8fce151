'use client';

import { GraphExplorer } from './graph-explorer.tsx';
import { GraphStart } from './graph-start.tsx';
import { useGraphAddress } from './use-graph-address.ts';

export type GraphScreenProps = {
  /** Whether "ask for revocation" is offered; the page behind it has its own gate. */
  mayRequestRevocation: boolean;
};

/** The trust graph: ways to find a start, then the explorer around it. */
export function GraphScreen({ mayRequestRevocation }: GraphScreenProps) {
  const address = useGraphAddress();
  const { key } = address.state;
  if (key === null) return <GraphStart address={address} />;
  return <GraphExplorer startKey={key} address={address} mayRequestRevocation={mayRequestRevocation} />;
}
