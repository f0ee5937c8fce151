import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EDGE_KIND_NAMES, fits } from '#lib/ontology/edge-kinds.ts';
import { NODE_KIND_NAMES, type NodeKind } from '#lib/ontology/node-kinds.ts';
import { collect, collectValue, sampleOf } from '../testing/collect.ts';
import { opengraph } from './connector.ts';
import { edgeMeaning } from './edge-meaning.ts';
import { exportOpenGraph } from './export.ts';
import { FIXTURES } from './fixtures.ts';
import { nodeKindOf } from './kinds.ts';

test('custom kinds are read by the words in their names, known edges by name, others by their ends', () => {
  const found = collectValue(opengraph, FIXTURES[0]);
  expect(found.breaches()).toEqual([]);
  expect(found.triples()).toEqual([
    'opengraph://u1 grants opengraph://r1',
    'opengraph://u1 holds opengraph://t1',
  ]);
  expect(found.edgesOf('grants')[0]).toMatchObject({ level: 'write', qualifier: 'GHCanPush' });
});

test.each([
  ['MemberOf', 'person', 'group', 'member_of'],
  ['HasSession', 'resource', 'person', 'hosts'],
  ['AZRunsAs', 'integration', 'service_account', 'runs_as'],
  ['GenericAll', 'person', 'person', 'escalates'],
  ['AdminTo', 'person', 'resource', 'grants'],
  ['Contains', 'resource', 'group', 'contains'],
  ['Whatever', 'policy', 'person', undefined],
] as const)('%s from %s to %s is %s', (name, from, to, kind) => {
  expect(edgeMeaning(name, from, to)?.kind).toBe(kind);
});

test.each([
  [['Group', 'Base'], 'group'],
  [['AZServicePrincipal', 'AZBase'], 'service_account'],
  [['Custom_Thing'], 'resource'],
  [['OktaApiToken'], 'credential'],
  [['BW_ServiceAccount'], 'service_account'],
])('kinds %j make a %s', (kinds, expected) => {
  expect(nodeKindOf(kinds)).toBe(expected);
});

test('an end that no node describes is kept, an edge that the ontology lacks is counted', () => {
  const found = collectValue(opengraph, {
    graph: {
      nodes: [
        { id: 'p', kinds: ['X_Policy'] },
        { id: 'u', kinds: ['User'] },
      ],
      edges: [
        { kind: 'Odd', start: { value: 'p' }, end: { value: 'u' } },
        { kind: 'CanRead', start: { value: 'u' }, end: { value: 'gone' } },
      ],
    },
  });
  expect([...found.unknowns.keys()]).toEqual(['edge Odd from policy to person']);
  expect(found.nodes.get('opengraph://gone')?.standing).toBe('reference');
});

test('a graph is recognised by its content, other JSON is not', () => {
  expect(opengraph.recognise(sampleOf(JSON.stringify(FIXTURES[0])))).toBe(1);
  expect(opengraph.recognise(sampleOf('{"graph":"x"}'))).toBe(0);
});

const key = fc
  .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
  .filter((text) => text.trim() === text && text.isWellFormed() && !text.includes('\0'));
const kind = fc.constantFrom(...NODE_KIND_NAMES);

test('what is exported and imported again is the same graph', async () => {
  const graph = fc
    .uniqueArray(fc.record({ key, kind }), {
      selector: (node) => node.key.toUpperCase(),
      minLength: 1,
      maxLength: 8,
    })
    .chain((nodes) =>
      fc.record({
        nodes: fc.constant(nodes),
        picks: fc.array(
          fc.record({
            from: fc.nat(nodes.length - 1),
            to: fc.nat(nodes.length - 1),
            kind: fc.constantFrom(...EDGE_KIND_NAMES),
            conditional: fc.boolean(),
          }),
          { maxLength: 10 },
        ),
      }),
    );
  const kindAt = (nodes: { kind: NodeKind }[], index: number): NodeKind => nodes[index]?.kind ?? 'resource';
  await fc.assert(
    fc.asyncProperty(graph, async ({ nodes, picks }) => {
      const edges = picks
        .filter((pick) => fits(pick.kind, kindAt(nodes, pick.from), kindAt(nodes, pick.to)))
        .map(({ from, to, kind: edgeKind, conditional }) => ({
          from: nodes[from]?.key ?? '',
          kind: edgeKind,
          to: nodes[to]?.key ?? '',
          ...(edgeKind === 'grants' ? { level: 'read' as const } : {}),
          conditional,
        }));
      let text = '';
      for await (const part of exportOpenGraph(nodes, edges)) text += part;
      const found = collect(opengraph, { file: 'x.json', text, syntax: 'json' });
      expect(found.breaches()).toEqual([]);
      expect([...found.nodes.values()].map((node) => [node.key, node.kind])).toEqual(
        nodes.map((node) => [node.key, node.kind]),
      );
      expect(
        found.edges.map((edge) => [edge.from, edge.kind, edge.to, edge.level, edge.conditional ?? false]),
      ).toEqual(edges.map((edge) => [edge.from, edge.kind, edge.to, edge.level, edge.conditional]));
    }),
  );
});
