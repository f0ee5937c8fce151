import type { Connector, Sample } from '#lib/connectors/connector.ts';
import { CONNECTORS } from '#lib/connectors/registry.ts';
import { AppError } from '#lib/core/errors.ts';
import { samplesOf } from './sample.ts';

/** Below this a connector's guess is not taken. */
const CERTAIN_ENOUGH = 0.5;

export type Recognised = { connector: Connector; syntax: Sample['syntax'] };

/** The connector that is surest of this document, or why there is none: what it looks like, in words for the person. */
export function recognise(file: string, head: string): Recognised | { problem: string } {
  if (head.trim() === '') return { problem: 'The file is empty.' };
  const samples = samplesOf(file, head);
  let best: (Recognised & { score: number }) | null = null;
  for (const sample of samples)
    for (const connector of CONNECTORS) {
      if (!connector.syntax.includes(sample.syntax)) continue;
      const score = connector.recognise(sample);
      if (score >= CERTAIN_ENOUGH && (best === null || score > best.score))
        best = { connector, syntax: sample.syntax, score };
    }
  return best ?? { problem: `The format is not one that Bailiwick reads. ${looksLike(samples, head)}` };
}

/** The connector of this name with the syntax that fits the document; `auto` recognises. Throws invalid_input for an unknown name. */
export function chooseConnector(
  format: string,
  file: string,
  head: string,
): Recognised | { problem: string } {
  if (format === 'auto') return recognise(file, head);
  const connector = connectorNamed(format);
  if (head.trim() === '') return { problem: 'The file is empty.' };
  const sample = samplesOf(file, head).find(({ syntax }) => connector.syntax.includes(syntax));
  if (sample) return { connector, syntax: sample.syntax };
  return { problem: `It is not ${connector.title}: ${looksLike(samplesOf(file, head), head)}` };
}

export function connectorNamed(name: string): Connector {
  const connector = CONNECTORS.find((each) => each.name === name);
  if (connector) return connector;
  const known = CONNECTORS.map((each) => each.name).join(', ');
  throw new AppError('invalid_input', `There is no format “${name.slice(0, 60)}”. Known formats: ${known}.`);
}

const KNOWN_BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^%PDF/, 'It looks like a PDF.'],
  [/^\x89PNG|^\xff\xd8|^GIF8/, 'It looks like an image.'],
  [/^\x7fELF|^MZ/, 'It looks like a program.'],
  [
    /^Rar!|^7z\xbc|^BZh|^\x28\xb5\x2f\xfd|^\xfd7zXZ/,
    'It looks like an archive other than zip or gzip. Unpack it first.',
  ],
  [/^\s*<(?:!doctype html|html)/i, 'It looks like a web page.'],
  [/^\s*<\?xml|^\s*<\w/, 'It looks like XML.'],
];

function looksLike(samples: readonly Sample[], head: string): string {
  const known = KNOWN_BEGINNINGS.find(([pattern]) => pattern.test(head));
  if (known) return known[1];
  if (head.includes('\0')) return 'It looks like binary data.';
  const [sample] = samples;
  const names = sample?.keys.slice(0, 5).map((key) => `“${key.slice(0, 40)}”`) ?? [];
  const members = names.length > 0 ? ` that begins with ${names.join(', ')}` : '';
  switch (sample?.syntax) {
    case 'json':
      return `It looks like JSON${members}.`;
    case 'yaml':
      return `It looks like YAML${members}.`;
    case 'csv':
      return `It looks like a table${names.length > 0 ? ` with the columns ${names.join(', ')}` : ''}.`;
    default:
      return 'It looks like plain text.';
  }
}
