import { bailiwick } from './bailiwick/connector.ts';
import type { Connector } from './connector.ts';

/** Every format that Bailiwick reads. */
export const CONNECTORS: readonly Connector[] = [bailiwick];
