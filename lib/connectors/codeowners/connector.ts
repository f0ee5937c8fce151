import { githubKey, personKey } from '#lib/core/keys.ts';
import {
  type Connector,
  type FactSink,
  type ReadContext,
  type Reader,
  RejectedRecord,
  type Sample,
  type SourceRecord,
} from '../connector.ts';
import { fittingSink } from '../fitting-sink.ts';
import type { NodeFact } from '../facts.ts';
import { ID_LENGTH_MAX, text } from '../read-value.ts';
import { parseOwnerLine } from './parse-line.ts';

const CONFIDENCE = 0.6;
/** Patterns for everything in the repository. */
const EVERYTHING = new Set(['*', '**', '/', '/*', '/**', '**/*', '/**/*']);

/**
 * CODEOWNERS of GitHub, GitLab and Gitea (docs/formats/ownership.md). The file does not name its repository: state it
 * as the tenant (`owner/name`); else the folder it was uploaded in names it.
 */
export const codeowners: Connector = {
  name: 'codeowners',
  title: 'CODEOWNERS',
  kind: 'inventory',
  syntax: ['text'],
  lists: [],
  recognise,
  open: (sink, context) => new CodeownersReader(fittingSink(sink), context),
};

function recognise(sample: Sample): number {
  if (sample.syntax !== 'text' || /^\s*(?:\{|\[\s*[{"[])/.test(sample.head)) return 0;
  const lines = sample.head.split(/\r?\n/).slice(0, 200);
  let rules = 0;
  let owned = 0;
  for (const line of lines) {
    if (line.length > 1000) return 0;
    const found = parseOwnerLine(line);
    if (found === null) continue;
    rules += 1;
    const hasOwner =
      found.owners.length > 0 &&
      found.owners.length ===
        line
          .trim()
          .split(/\s+#|$/)[0]
          ?.split(/\s+/)
          .slice(1).length;
    if (hasOwner) owned += 1;
  }
  return owned > 0 && owned >= rules * 0.7 ? 0.85 : 0;
}

type Rules = { repository: NodeFact; rules: Map<string, string[]>; defaults: string[] };

class CodeownersReader implements Reader {
  readonly #sink: FactSink;
  readonly #context: ReadContext;
  readonly #files = new Map<string, Rules>();

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#context = context;
  }

  record(record: SourceRecord): void {
    if (typeof record.value !== 'string') throw new RejectedRecord('the record is not a line of text');
    if (record.value.length > 4096) throw new RejectedRecord('the line is longer than 4,096 characters');
    const line = parseOwnerLine(record.value);
    if (line === null) return;
    const file = this.#file(record.file);
    if (line.kind === 'section') {
      file.defaults = line.owners;
      return;
    }
    const pattern = text(line.pattern, ID_LENGTH_MAX + 1) ?? '';
    if (pattern.length > ID_LENGTH_MAX) throw new RejectedRecord('the pattern is too long');
    const id = EVERYTHING.has(pattern) ? '*' : pattern;
    // The last rule for a pattern wins, so an earlier one of the same pattern says nothing.
    file.rules.delete(id);
    file.rules.set(id, line.owners.length > 0 ? line.owners : file.defaults);
  }

  end(): void {
    for (const file of this.#files.values()) this.#write(file);
  }

  #write({ repository, rules }: Rules): void {
    const scope = `codeowners:${repository.name ?? repository.key}`;
    this.#sink.node(repository, scope);
    let order = 0;
    for (const [pattern, owners] of rules) {
      order += 1;
      const node = pattern === '*' ? repository.key : this.#path(repository, pattern, order, owners, scope);
      for (const name of owners) {
        const owner = ownerNode(name);
        this.#sink.node(owner);
        const evidence = `CODEOWNERS: ${pattern} ${name}`;
        this.#sink.claim(
          { owner: owner.key, node, basis: 'codeowners', evidence, confidence: CONFIDENCE },
          scope,
        );
      }
    }
    this.#sink.scope({ scope, complete: this.#context.complete });
  }

  #path(
    repository: NodeFact,
    pattern: string,
    order: number,
    owners: readonly string[],
    scope: string,
  ): string {
    const key = `${repository.key}/paths/${pattern}`;
    this.#sink.node(
      {
        key,
        kind: 'resource',
        standing: 'inventory',
        type: 'path',
        name: `${repository.name ?? ''} ${pattern}`.trim(),
        props: { pattern, order, ...(owners.length === 0 ? { ownershipRemoved: true } : {}) },
      },
      scope,
    );
    this.#sink.edge({ from: repository.key, kind: 'contains', to: key }, scope);
    return key;
  }

  #file(file: string): Rules {
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    const rules: Rules = { repository: this.#repository(file), rules: new Map(), defaults: [] };
    this.#files.set(file, rules);
    return rules;
  }

  #repository(file: string): NodeFact {
    const common = { kind: 'resource', standing: 'inventory', type: 'repository' } as const;
    const stated = this.#context.defaults.tenant;
    if (stated !== undefined) {
      return {
        ...common,
        key: githubKey('repos', stated),
        provider: 'github',
        tenant: stated.split('/')[0] ?? stated,
        name: stated,
      };
    }
    const folders = file
      .split(/[\\/]/)
      .slice(0, -1)
      .filter((part) => !['.github', 'docs', '.gitlab', '.', ''].includes(part));
    const folder = text(folders.at(-1), 200);
    if (folder === undefined) {
      throw new RejectedRecord('CODEOWNERS does not name its repository: state it as the tenant, owner/name');
    }
    return { ...common, key: `repository://${folder.toLowerCase()}`, name: folder };
  }
}

function ownerNode(name: string): NodeFact {
  if (!name.startsWith('@')) return { key: personKey(name), kind: 'person', standing: 'reference', name };
  const handle = name.slice(1);
  return handle.includes('/')
    ? {
        key: githubKey('teams', handle),
        kind: 'team',
        standing: 'reference',
        provider: 'github',
        name: handle,
      }
    : {
        key: githubKey('users', handle),
        kind: 'person',
        standing: 'reference',
        provider: 'github',
        name: handle,
      };
}
