import { awsAccessKeyKey, awsKey, fingerprintKey } from '#lib/core/keys.ts';
import type { FactSink } from '../connector.ts';
import type { NodeFact } from '../facts.ts';
import { maskSecrets } from '../mask-secrets.ts';
import { text } from '../read-value.ts';

/** One find of a secret, as every scanner tells it. The value is fingerprinted here and goes nowhere else. */
export type Finding = {
  scanner: string;
  rule: string;
  /** The secret itself, or a key id; undefined when the scanner gives none that identifies it. */
  value: string | undefined;
  /** Fingerprint that the scanner itself made of the value. */
  scannerFingerprint?: string | undefined;
  repository?: string | undefined;
  file?: string | undefined;
  line?: string | undefined;
  commit?: string | undefined;
  date?: string | undefined;
  verified?: boolean | undefined;
  /** State that a scanner keeps: open, resolved, inactive, … */
  state?: string | undefined;
  /** ARN of the identity that the scanner resolved the secret to. */
  identity?: string | undefined;
};

const ACCESS_KEY = /(?:^|[^A-Z0-9])(A(?:KIA|SIA)[A-Z2-7]{16})(?:[^A-Z0-9]|$)/;
/** Keys of the vendor's documentation: anyone may have them, they open nothing. */
const EXAMPLE_KEY = /^A(?:KIA|SIA)IOSFODNN7EXAMPLE$/;

/** Values that are masks, or a header that every key of the kind shares: they must not merge different secrets into one. */
function identifies(value: string | undefined): value is string {
  if (value === undefined || value.length < 6) return false;
  if (/redacted|\*{3,}|x{6,}/i.test(value)) return false;
  return !/^-----BEGIN [A-Z ]*-----\s*$/.test(value.trim());
}

const isExampleKey = (value: string | undefined): boolean =>
  value !== undefined && EXAMPLE_KEY.test(ACCESS_KEY.exec(value)?.[1] ?? '');

/** States the credential, the place that exposes it, and whom it proves to be where the scanner knows. */
export function writeFinding(
  sink: FactSink,
  finding: Finding,
  fingerprint: (secret: string) => string,
  scope: string,
): void {
  if (isExampleKey(finding.value)) {
    sink.unknown('documentation example key');
    return;
  }
  const credential = credentialOf(finding, fingerprint);
  const place = placeOf(finding);
  sink.node(credential, scope);
  const repository = repositoryNode(finding.repository);
  if (repository !== null) {
    sink.node(repository);
    if (repository.key !== place.key)
      sink.edge({ from: repository.key, kind: 'contains', to: place.key }, scope);
  }
  sink.node(place, scope);
  sink.edge(
    {
      from: place.key,
      kind: 'exposes',
      to: credential.key,
      qualifier: qualifierOf(finding),
      props: evidenceOf(finding),
    },
    scope,
  );
  const arn = finding.identity;
  if (arn?.startsWith('arn:') !== true) return;
  const key = awsKey(arn);
  const kind = /:role\//.test(key) ? 'role' : 'service_account';
  const tenant = key.split(':')[4] ?? '';
  sink.node({
    key,
    kind,
    standing: 'reference',
    provider: 'aws',
    name: key.slice(key.lastIndexOf('/') + 1),
    ...(tenant === '' ? {} : { tenant }),
  });
  sink.edge(
    { from: credential.key, kind: 'authenticates', to: key, qualifier: 'as the scanner resolved it' },
    scope,
  );
}

function credentialOf(finding: Finding, fingerprint: (secret: string) => string): NodeFact {
  const accessKey = ACCESS_KEY.exec(finding.value ?? '')?.[1];
  const provider = providerOf(finding.rule);
  const common = {
    kind: 'credential',
    standing: 'inventory',
    provider: accessKey === undefined ? provider : 'aws',
    type: accessKey === undefined ? 'secret' : 'access_key',
    props: {
      leaked: true,
      rule: clean(finding.rule),
      ...(finding.verified === undefined ? {} : { verified: finding.verified }),
      ...(finding.state === undefined ? {} : { state: finding.state }),
    },
  } as const;
  if (accessKey !== undefined) return { ...common, key: awsAccessKeyKey(accessKey), name: accessKey };
  if (identifies(finding.value)) {
    return {
      ...common,
      key: fingerprintKey(provider, fingerprint(finding.value)),
      name: `${clean(finding.rule)} secret`,
    };
  }
  if (finding.scannerFingerprint !== undefined) {
    return {
      ...common,
      key: fingerprintKey(finding.scanner, finding.scannerFingerprint),
      name: `${clean(finding.rule)} secret`,
    };
  }
  const where = [finding.repository, finding.file, finding.line, finding.rule].join('\n');
  return {
    ...common,
    key: fingerprintKey(finding.scanner, fingerprint(where)),
    name: `${clean(finding.rule)} secret, value unknown`,
  };
}

function placeOf(finding: Finding): NodeFact {
  const repository = repositoryNode(finding.repository);
  const file = text(finding.file, 400);
  if (file === undefined) {
    return (
      repository ?? {
        key: `place://${finding.scanner}/unknown`,
        kind: 'resource',
        standing: 'reference',
        type: 'path',
        name: 'unknown place',
      }
    );
  }
  const base = repository?.key ?? 'repository://local';
  return {
    key: `${base}/files/${file.replace(/^\.?\//, '')}`,
    kind: 'resource',
    standing: 'inventory',
    type: 'file',
    name: clean(file),
  };
}

/** A repository by its address; a local path (`.`) names none. */
function repositoryNode(address: string | undefined): NodeFact | null {
  const cleaned = address
    ?.replace(/\/\/[^/@]*@/, '//')
    .replace(/\.git$/, '')
    .replace(/\/+$/, '');
  const match = /github\.com[/:]([\w.-]+\/[\w.-]+)$/i.exec(cleaned ?? '');
  if (match) {
    const name = match[1] ?? '';
    return {
      key: `github://repos/${name.toLowerCase()}`,
      kind: 'resource',
      standing: 'reference',
      provider: 'github',
      type: 'repository',
      name,
    };
  }
  if (cleaned === undefined || !/^(?:https?:|ssh:|git@)/.test(cleaned)) return null;
  return {
    key: `repository://${cleaned.replace(/^(?:\w+:\/\/|git@)/, '').toLowerCase()}`,
    kind: 'resource',
    standing: 'reference',
    type: 'repository',
    name: cleaned,
  };
}

const qualifierOf = (finding: Finding): string =>
  [
    clean(finding.rule),
    finding.line === undefined ? undefined : `line ${finding.line}`,
    finding.commit?.slice(0, 12),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(', ')
    .slice(0, 300);

function evidenceOf(finding: Finding): Record<string, string | boolean> {
  const kept = {
    scanner: finding.scanner,
    rule: clean(finding.rule),
    commit: finding.commit,
    line: finding.line,
    date: finding.date,
    verified: finding.verified,
    state: finding.state,
  };
  return Object.fromEntries(
    Object.entries(kept).filter(([, value]) => value !== undefined && value !== ''),
  ) as Record<string, string | boolean>;
}

const clean = (words: string): string => maskSecrets(text(words, 200) ?? 'secret');

const PROVIDERS: readonly [RegExp, string][] = [
  [/aws|amazon/i, 'aws'],
  [/github/i, 'github'],
  [/gitlab/i, 'gitlab'],
  [/azure|microsoft|entra/i, 'entra'],
  [/gcp|google/i, 'gcp'],
  [/slack/i, 'slack'],
  [/okta/i, 'okta'],
  [/vault|hashicorp/i, 'vault'],
  [/openai/i, 'openai'],
  [/anthropic/i, 'anthropic'],
  [/stripe/i, 'stripe'],
];

const providerOf = (rule: string): string =>
  PROVIDERS.find(([pattern]) => pattern.test(rule))?.[1] ?? 'unknown';
