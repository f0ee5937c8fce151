import { isObject } from '#lib/core/json.ts';
import {
  type Connector,
  type FactSink,
  type ReadContext,
  type Reader,
  RejectedRecord,
  type Sample,
  type SourceRecord,
} from '../connector.ts';
import { field, text } from '../read-value.ts';
import { type Finding, writeFinding } from './finding.ts';
import { ggshield, githubAlert, gitleaks7, gitleaks8, sarifRun, trufflehog } from './read-findings.ts';

type Dialect = {
  name: string;
  title: string;
  lists: readonly string[];
  matches: (value: Record<string, unknown>) => boolean;
  read: (value: Record<string, unknown>) => Finding[];
};

const has = (value: unknown, ...names: string[]): boolean =>
  names.every((name) => field(value, name) !== undefined);

const DIALECTS: readonly Dialect[] = [
  {
    name: 'gitleaks',
    title: 'gitleaks report',
    lists: [],
    matches: (value) =>
      (Object.hasOwn(value, 'RuleID') && has(value, 'File')) ||
      (has(value, 'offender', 'rule') && !has(value, 'RuleID')),
    read: (value) => (has(value, 'RuleID') ? gitleaks8(value) : gitleaks7(value)),
  },
  {
    name: 'trufflehog',
    title: 'trufflehog report',
    lists: [],
    matches: (value) => has(value, 'DetectorName', 'SourceMetadata'),
    read: trufflehog,
  },
  {
    name: 'ggshield',
    title: 'ggshield report',
    lists: ['scans', 'entities_with_incidents'],
    matches: (value) => has(value, 'entities_with_incidents') || has(value, 'incidents', 'filename'),
    read: (value) =>
      ggshield(has(value, 'entities_with_incidents') ? value : { entities_with_incidents: [value] }),
  },
  {
    name: 'github-alerts',
    title: 'GitHub secret scanning alerts',
    lists: [],
    matches: (value) => has(value, 'secret_type', 'number'),
    read: githubAlert,
  },
  {
    name: 'sarif',
    title: 'SARIF of a secret scanner',
    lists: ['runs'],
    matches: (value) => has(value, 'results', 'tool'),
    read: sarifRun,
  },
];

/** Reports of secret scanners (docs/formats/secret-scanners.md): where a credential is exposed, never the secret itself. */
function scanner(dialect: Dialect): Connector {
  return {
    name: dialect.name,
    title: dialect.title,
    kind: 'inventory',
    syntax: ['json'],
    lists: dialect.lists,
    recognise: (sample) => recognise(dialect, sample),
    open: (sink, context) => new ScannerReader(dialect, sink, context),
  };
}

function recognise(dialect: Dialect, sample: Sample): number {
  const first = sample.first;
  if (!isObject(first)) return 0;
  if (dialect.matches(first)) return 0.95;
  return dialect.lists.some((name) => {
    const listed = field(first, name);
    const element: unknown = Array.isArray(listed) ? listed[0] : undefined;
    if (name === 'scans' && has(first, 'total_incidents')) return true;
    if (name === 'runs' && text(field(first, '$schema'))?.includes('sarif') === true) return true;
    return isObject(element) && dialect.matches(element);
  })
    ? 0.95
    : 0;
}

class ScannerReader implements Reader {
  readonly #dialect: Dialect;
  readonly #sink: FactSink;
  readonly #context: ReadContext;
  readonly #scope: string;

  constructor(dialect: Dialect, sink: FactSink, context: ReadContext) {
    this.#dialect = dialect;
    this.#sink = sink;
    this.#context = context;
    this.#scope = `${dialect.name}:${context.defaults.tenant ?? 'default'}`;
  }

  record(record: SourceRecord): void {
    const { value } = record;
    // `null` and an empty report are spellings of "no findings"; a clean scan has no entities.
    if (value === null) return;
    if (!isObject(value)) throw new RejectedRecord('the finding is not an object');
    if (!this.#dialect.matches(value)) {
      if (this.#dialect.name === 'ggshield' && has(value, 'total_incidents')) return;
      throw new RejectedRecord(`not a finding of ${this.#dialect.name}`);
    }
    const findings = this.#dialect
      .read(value)
      .map((finding) => ({ ...finding, repository: finding.repository ?? this.#stated() }));
    for (const finding of findings) writeFinding(this.#sink, finding, this.#context.fingerprint, this.#scope);
  }

  end(): void {
    this.#sink.scope({ scope: this.#scope, complete: this.#context.complete });
  }

  /** The repository that the person stated (`owner/name`), for scanners that name none. */
  #stated(): string | undefined {
    const stated = this.#context.defaults.tenant;
    return stated?.includes('/') === true ? `https://github.com/${stated}` : undefined;
  }
}

export const secretScanners: readonly Connector[] = DIALECTS.map(scanner);
