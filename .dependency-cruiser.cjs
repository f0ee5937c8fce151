// Arrows point inward only: app and components → use cases → rules and graph. `npm test` fails on any breach, and on zero modules.
const server = '^lib/(db|auth|http|jobs|audit|ingest)/';
const testFile = '\\.test\\.tsx?$|/testing/|/test-';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'core-imports-nothing',
      severity: 'error',
      from: { path: '^lib/core/', pathNot: testFile },
      to: { pathNot: '^lib/core/|^node:|^(crypto|node_modules/)' },
    },
    {
      name: 'graph-is-pure',
      severity: 'error',
      from: { path: '^lib/graph/', pathNot: testFile },
      to: { pathNot: '^lib/(graph|core|ontology)/' },
    },
    {
      name: 'connectors-are-pure',
      severity: 'error',
      from: { path: '^lib/connectors/', pathNot: testFile },
      to: { path: '^lib/(?!connectors|core|ontology)|^app/|^components/|node_modules/(next|react|@prisma)' },
    },
    {
      name: 'rules-are-pure',
      comment: 'rules.ts and schema.ts decide on plain values: no database, no clock, no framework',
      severity: 'error',
      from: { path: '^lib/.*/(rules|schema)\\.ts$' },
      to: {
        path: `${server}|/store\\.ts$|^app/|^components/|node_modules/(next|react|@prisma)`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'store-is-private',
      comment: 'a module’s SQL is called by that module alone',
      severity: 'error',
      from: { path: '^lib/([^/]+)/', pathNot: testFile },
      to: { path: '^lib/([^/]+)/.*store\\.ts$', pathNot: '^lib/$1/' },
    },
    {
      name: 'store-not-from-ui',
      severity: 'error',
      from: { path: '^(app|components)/' },
      to: { path: 'store\\.ts$' },
    },
    {
      name: 'lib-never-imports-ui',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|components|cli)/' },
    },
    {
      name: 'domain-is-framework-free',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/(http|auth|query)/' },
      to: { path: 'node_modules/(next|next-auth|react|react-dom|@tanstack)/' },
    },
    {
      name: 'components-see-only-client-safe-lib',
      severity: 'error',
      from: { path: '^components/', pathNot: testFile },
      to: {
        path: '^lib/',
        pathNot:
          '^lib/(core|ontology|query)/|/(schema|rules|permissions|mapping|view-schema|card-schema)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'ui-kit-is-leaf',
      severity: 'error',
      from: { path: '^components/ui/' },
      to: { path: '^components/(?!ui/)|^app/|^lib/(?!core/)' },
    },
    {
      name: 'routes-go-through-wrapper',
      severity: 'error',
      from: { path: '^app/api/', pathNot: '^app/api/auth/' },
      to: { path: '^lib/db/|/store\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-orphan-imports', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  required: [
    {
      name: 'each-route-uses-route',
      severity: 'error',
      module: { path: '^app/api/.*route\\.ts$', pathNot: '^app/api/auth/' },
      to: { path: '^lib/http/route\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^lib/db/generated/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
