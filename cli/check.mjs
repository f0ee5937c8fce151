// `npm test`: everything that proves the project, in the order that fails fastest. `npm test -- unit db` runs only those.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pinnedNode, prepare, root } from './bootstrap.mjs';

prepare();

const results = path.join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const bin = (...parts) => path.join(root, 'node_modules', ...parts);
const total = { passed: 0, failed: 0 };

const steps = {
  format: () =>
    tool('prettier', [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level=warn', '.']),
  types: () => {
    if (!run([bin('next', 'dist', 'bin', 'next'), 'typegen'], { quiet: true })) return count(false);
    tool('tsc', [bin('typescript', 'bin', 'tsc'), '--noEmit', '-p', '.']);
  },
  lint: () =>
    tool('eslint', [
      bin('eslint', 'bin', 'eslint.js'),
      '.',
      '--max-warnings=0',
      '--cache',
      '--cache-location',
      '.next/eslint',
    ]),
  dependencies: checkDependencies,
  unused: () => tool('knip', [bin('knip', 'bin', 'knip.js')]),
  unit: () => vitest('unit'),
  db: () => vitest('db'),
  browser: () => {
    tool('build', [path.join(root, 'cli', 'main.ts'), 'build']);
    playwright();
  },
};

const wanted = process.argv.slice(2);
for (const [name, step] of Object.entries(steps)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = Date.now();
  console.log(`\n── ${name}`);
  step();
  console.log(`── ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

function run(args, { quiet = false } = {}) {
  const { status } = spawnSync(pinnedNode(), args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'ignore', 'inherit'] : ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
  return status === 0;
}

function count(ok) {
  total[ok ? 'passed' : 'failed'] += 1;
}

function tool(name, args) {
  const ok = run(args);
  count(ok);
  if (!ok) console.error(`${name} found something to mend.`);
}

/** A dependency check that looked at nothing would report success: it counts only when it saw the project's modules. */
function checkDependencies() {
  const { stdout, status } = spawnSync(
    pinnedNode(),
    [
      bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
      'app',
      'components',
      'lib',
      'cli',
      'prisma/sample',
      '--output-type',
      'json',
    ],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const { summary } = JSON.parse(stdout || '{"summary":{"totalCruised":0,"violations":[]}}');
  for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
  console.log(`${summary.totalCruised} modules, ${summary.violations.length} breaches`);
  count(status === 0 && summary.totalCruised > 100 && summary.violations.length === 0);
}

function vitest(project) {
  const report = path.join(results, `${project}.json`);
  const ok = run([
    bin('vitest', 'vitest.mjs'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const { numPassedTests, numFailedTests } = readReport(report) ?? { numPassedTests: 0, numFailedTests: 0 };
  total.passed += numPassedTests;
  total.failed += numFailedTests;
  if (!ok && numFailedTests === 0) total.failed += 1;
}

function playwright() {
  const report = path.join(results, 'browser.json');
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = report;
  const ok = run([path.join(root, 'e2e', 'run.ts')]);
  const { stats } = readReport(report) ?? { stats: { expected: 0, unexpected: 0, flaky: 0 } };
  total.passed += stats.expected;
  total.failed += stats.unexpected + stats.flaky;
  if (!ok && stats.unexpected + stats.flaky === 0) total.failed += 1;
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
