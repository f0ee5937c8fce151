import { ACCESS_LEVEL_NAMES, EDGE_KINDS, type EdgeKindRule } from './edge-kinds.ts';
import { IDENTITY_KINDS, NODE_KINDS, NODE_KIND_NAMES, type NodeKind } from './node-kinds.ts';

const EXERCISED = { observed: 'when a log showed it', always: 'always', never: 'no' } as const;

/** docs/ontology.md: the tables of this folder in words. A test keeps the file equal to this. */
export function ontologyDocument(): string {
  return `# The trust graph: kinds and what they mean

Written from \`lib/ontology\` by its test; change the tables there.

## Nodes

| kind | group | on screens | drawn as |
|---|---|---|---|
${Object.entries(NODE_KINDS)
  .map(([kind, { group, label, shape }]) => `| \`${kind}\` | ${group} | ${label} | ${shape} |`)
  .join('\n')}

## Edges

The direction is the direction in which control flows: who controls the left side gets the right side.

| kind | from → to | granted reach | exercised reach | needs on the left | the hop in words |
|---|---|---|---|---|---|
${Object.entries(EDGE_KINDS)
  .map(([kind, rule]) => edgeRow(kind, rule))
  .join('\n')}

## Access levels

${ACCESS_LEVEL_NAMES.join(' < ')}. \`grants\` and \`calls\` carry a level: the resource is reached at it. An edge that leaves a resource
states the least level it needs there; \`contains\` hands on the level that it asks for.
`;
}

function edgeRow(kind: string, rule: EdgeKindRule): string {
  const ends = `${endsInWords(rule.from)} → ${endsInWords(rule.to)}`;
  const cells = [
    `\`${kind}\``,
    ends,
    rule.granted ? 'yes' : 'no',
    EXERCISED[rule.exercised],
    rule.needs ?? '–',
    `… ${rule.words} …`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function endsInWords(kinds: readonly NodeKind[]): string {
  if (kinds.length === NODE_KIND_NAMES.length) return 'any';
  const allIdentities = IDENTITY_KINDS.every((kind) => kinds.includes(kind));
  const named = allIdentities
    ? kinds.filter((kind) => !(IDENTITY_KINDS as readonly NodeKind[]).includes(kind))
    : kinds;
  return [...(allIdentities ? ['identity'] : []), ...named].join(', ');
}
