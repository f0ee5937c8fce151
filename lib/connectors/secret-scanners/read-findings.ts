import { isObject } from '#lib/core/json.ts';
import { at, field, id, isTrue, objects, text } from '../read-value.ts';
import { isoTime } from '../time.ts';
import type { Finding } from './finding.ts';

/** Longest secret that is fingerprinted (a private key has about 3,000 characters). */
const SECRET_LENGTH_MAX = 20_000;

const secret = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' && value.length <= SECRET_LENGTH_MAX ? value : undefined;

const place = (value: unknown): string | undefined => id(value, 'place', 400);
const date = (value: unknown): string | undefined => isoTime(value) ?? undefined;

/** gitleaks v8: https://github.com/gitleaks/gitleaks (`RuleID`, `Secret`). */
export function gitleaks8(value: Record<string, unknown>): Finding[] {
  return [
    {
      scanner: 'gitleaks',
      rule: text(field(value, 'RuleID'), 200) ?? 'secret',
      value: secret(field(value, 'Secret')) ?? secret(field(value, 'Match')),
      file: place(field(value, 'File')),
      line: text(field(value, 'StartLine'), 20),
      commit: text(field(value, 'Commit'), 64),
      date: date(field(value, 'Date')),
      repository: place(field(value, 'Repository') ?? field(value, 'Link')),
    },
  ];
}

/** gitleaks up to v7 (`rule`, `offender`). */
export function gitleaks7(value: Record<string, unknown>): Finding[] {
  return [
    {
      scanner: 'gitleaks',
      rule: text(field(value, 'rule'), 200) ?? 'secret',
      value: secret(field(value, 'offender')),
      file: place(field(value, 'file')),
      line: text(field(value, 'lineNumber'), 20),
      commit: text(field(value, 'commit'), 64),
      date: date(field(value, 'date')),
      repository: place(field(value, 'repoURL')) ?? place(field(value, 'repo')),
    },
  ];
}

/** trufflehog v3: the place depends on the source, the value may be base64, `Redacted` may be the key id. */
export function trufflehog(value: Record<string, unknown>): Finding[] {
  const sources = at(value, 'SourceMetadata', 'Data');
  const source = isObject(sources) ? Object.values(sources)[0] : undefined;
  const raw = decoded(secret(field(value, 'RawV2')) ?? secret(field(value, 'Raw')));
  const redacted = secret(field(value, 'Redacted'));
  return [
    {
      scanner: 'trufflehog',
      rule: text(field(value, 'DetectorName'), 200) ?? 'secret',
      value: redacted !== undefined && /^AKIA|^ASIA/.test(redacted) ? redacted : raw,
      file: place(field(source, 'file') ?? field(source, 'path') ?? field(source, 'object')),
      line: text(field(source, 'line'), 20),
      commit: text(field(source, 'commit'), 64),
      date: date(field(source, 'timestamp')),
      repository: place(field(source, 'repository') ?? field(source, 'link')),
      verified: isTrue(field(value, 'Verified')),
      identity: id(at(value, 'ExtraData', 'arn'), 'arn', 700)?.split('@@')[0],
    },
  ];
}

/** Some builds write the value in base64; both spellings must give one fingerprint. */
function decoded(value: string | undefined): string | undefined {
  if (value === undefined || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return value;
  const bytes = Buffer.from(value, 'base64');
  const clear = bytes.toString('utf8');
  return /^[\x20-\x7e\s]{6,}$/.test(clear) ? clear : value;
}

/** ggshield: incidents of a scan; `match` is masked, `ignore_sha` tells equal secrets apart from others. */
export function ggshield(scan: Record<string, unknown>): Finding[] {
  const commit = text(field(scan, 'id'), 64);
  return objects(field(scan, 'entities_with_incidents')).flatMap((entity) =>
    objects(field(entity, 'incidents')).flatMap((incident) =>
      objects(field(incident, 'occurrences')).map((occurrence) => ({
        scanner: 'ggshield',
        rule: text(field(incident, 'type'), 200) ?? 'secret',
        value: secret(field(occurrence, 'match')),
        scannerFingerprint: id(field(incident, 'ignore_sha'), 'ignore_sha'),
        file: place(field(entity, 'filename')),
        line: text(field(occurrence, 'line_start'), 20),
        commit,
        state: text(field(incident, 'validity'), 60),
      })),
    ),
  );
}

/** GitHub secret scanning alerts, from the REST API. */
export function githubAlert(value: Record<string, unknown>): Finding[] {
  const address = id(field(value, 'html_url') ?? field(value, 'url'), 'url', 400) ?? '';
  const repository = /(?:repos\/|github\.com\/)([\w.-]+\/[\w.-]+)/.exec(
    address.replace('api.github.com/repos/', 'github.com/'),
  )?.[1];
  const state = [
    text(field(value, 'state'), 40),
    text(field(value, 'resolution'), 60),
    text(field(value, 'validity'), 60),
  ];
  return [
    {
      scanner: 'github-secret-scanning',
      rule: text(field(value, 'secret_type') ?? field(value, 'secret_type_display_name'), 200) ?? 'secret',
      value: secret(field(value, 'secret')),
      scannerFingerprint: id(`${repository ?? ''}#${text(field(value, 'number'), 20) ?? ''}`, 'alert'),
      repository: repository === undefined ? undefined : `https://github.com/${repository}`,
      file: place(at(value, 'first_location_detected', 'path')),
      date: date(field(value, 'created_at')),
      state: state.filter((part) => part !== undefined).join(', '),
    },
  ];
}

/** SARIF 2.1: results of the rules of a run. Messages and snippets may hold the secret, and are not read. */
export function sarifRun(run: Record<string, unknown>): Finding[] {
  const tool = text(at(run, 'tool', 'driver', 'name'), 60) ?? 'sarif';
  return objects(field(run, 'results')).map((result) => {
    const location = at(objects(field(result, 'locations'))[0], 'physicalLocation');
    const prints = field(result, 'partialFingerprints') ?? field(result, 'fingerprints');
    const print = isObject(prints) ? id(Object.values(prints)[0], 'fingerprint') : undefined;
    return {
      scanner: tool.toLowerCase(),
      rule: text(field(result, 'ruleId') ?? at(result, 'rule', 'id'), 200) ?? 'secret',
      value: undefined,
      scannerFingerprint: print,
      file: place(at(location, 'artifactLocation', 'uri')),
      line: text(at(location, 'region', 'startLine'), 20),
      commit: typeof at(prints, 'commitSha') === 'string' ? text(at(prints, 'commitSha'), 64) : undefined,
    };
  });
}
