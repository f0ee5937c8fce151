import { EDGE_KINDS, type AccessLevel, type EdgeKind } from './edge-kinds.ts';

export type Hop = {
  fromName: string;
  kind: EdgeKind;
  toName: string;
  level?: AccessLevel | null;
  conditional?: boolean;
  /** What the source says about how: a technique, a statement, a binding. */
  via?: string | null;
  lastUsed?: Date | null;
};

const LEVEL_WORDS: Record<AccessLevel, string> = {
  read: 'may read',
  use: 'may use',
  write: 'may write to',
  admin: 'may administer',
};

/** One hop of a path as a sentence, e.g. "deploy-bot may act as prod-admin (trust policy), under conditions." */
export function hopSentence(hop: Hop): string {
  const words = hop.kind === 'grants' && hop.level ? LEVEL_WORDS[hop.level] : EDGE_KINDS[hop.kind].words;
  const via = hop.via ? ` (${hop.via})` : '';
  const conditional = hop.conditional ? ', under conditions' : '';
  const used = hop.lastUsed ? `; last used ${hop.lastUsed.toISOString().slice(0, 10)}` : '';
  return `${hop.fromName} ${words} ${hop.toName}${via}${conditional}${used}.`;
}
