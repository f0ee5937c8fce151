import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileProblem } from './file-problem.ts';
import { LIMITS, type Limits } from './limits.ts';
import type { CutSink } from './split.ts';
import { splitJson } from './split-json.ts';

type Cut = {
  records: { value: unknown; list: string | null; line: number }[];
  rejected: { reason: string; line: number }[];
  envelopes: unknown[];
  problem: string | null;
};

/** Splits text in chunks whose sizes are taken from `sizes` in turn. */
function cut(
  text: string | Buffer,
  sizes: readonly number[] = [1 << 16],
  lists: string[] = ['Records'],
  limits: Partial<Limits> = {},
): Cut {
  const found: Cut = { records: [], rejected: [], envelopes: [], problem: null };
  const sink: CutSink = {
    record: (value, list, line) => found.records.push({ value, list, line }),
    reject: (reason, line) => found.rejected.push({ reason, line }),
    envelope: (members) => found.envelopes.push(members),
  };
  const bytes = Buffer.from(text as string);
  const splitter = splitJson(lists, bytes.subarray(0, 65_536).toString('utf8'), sink, {
    ...LIMITS,
    ...limits,
  });
  try {
    for (let at = 0, turn = 0; at < bytes.length; turn++) {
      const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
      splitter.push(Buffer.from(bytes.subarray(at, at + size)));
      at += size;
    }
    splitter.end();
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    found.problem = error.message;
  }
  return found;
}

const values = (found: Cut): unknown[] => found.records.map(({ value }) => value);
const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const container = fc.oneof(fc.dictionary(fc.string(), json), fc.array(json));
const objects = fc.array(fc.dictionary(fc.string(), json), { minLength: 1, maxLength: 8 });
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const indent = fc.constantFrom(undefined, 1, '\t');

describe('splitJson, in chunks of any size', () => {
  it('gives the elements of a top-level array as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.array(json, { minLength: 1 }), sizes, indent, (array, chunks, space) => {
        expect(values(cut(JSON.stringify(array, null, space), chunks))).toEqual(array);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives the elements of a list wherever it stands among other members, and the members as the envelope', () => {
    fc.assert(
      fc.property(
        objects,
        fc.dictionary(fc.string(), json),
        fc.boolean(),
        sizes,
        indent,
        (list, others, first, chunks, space) => {
          const { Records: _, records: __, ...rest } = others;
          const document = first ? { Records: list, ...rest } : { ...rest, Records: list };
          const found = cut(JSON.stringify(document, null, space), chunks);
          expect(values(found)).toEqual(list);
          expect(found.records.every((record) => record.list === 'Records')).toBe(true);
          expect(found.envelopes).toEqual([JSON.parse(JSON.stringify(rest))]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('gives the lines of NDJSON and values that simply follow one another', () => {
    fc.assert(
      fc.property(
        objects,
        sizes,
        indent,
        fc.constantFrom('\n', '\r\n', '\n\n', ' ', ''),
        (list, chunks, space, gap) => {
          const text = list.map((value) => JSON.stringify(value, null, space)).join(gap);
          expect(values(cut(text, chunks, []))).toEqual(list);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('costs one record where one line is broken, whatever stands in it', () => {
    fc.assert(
      fc.property(objects, fc.string(), fc.nat(), sizes, (list, garbage, at, chunks) => {
        // Without a closing brace nothing in the line can make the record whole.
        const broken = `{"x": ${garbage.replaceAll(/[\n\r}]/g, '')}`;
        const lines = [...list, ...list, ...list].map((value) => JSON.stringify(value));
        const place = at % lines.length;
        lines.splice(place, 0, broken);
        const found = cut(lines.join('\n'), chunks, []);
        expect(values(found)).toEqual([...list, ...list, ...list]);
        expect(found.rejected.map(({ line }) => line)).toEqual([place + 1]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never throws anything but a file problem, and loses no record silently, on mutated input', () => {
    const mutated = fc.tuple(
      container,
      indent,
      fc.array(fc.tuple(fc.nat(), fc.string({ maxLength: 3 })), { maxLength: 4 }),
    );
    fc.assert(
      fc.property(mutated, sizes, ([value, space, changes], chunks) => {
        let text = JSON.stringify(value, null, space);
        for (const [place, put] of changes) {
          const at = place % (text.length + 1);
          text = text.slice(0, at) + put + text.slice(at + 1);
        }
        const found = cut(text, chunks);
        const isNothing = /^[\s,\u001e]*(\[\s*(,\s*)*\][\s,]*)*$/.test(text) || /"[Rr]ecords"/.test(text);
        if (!isNothing)
          expect(
            found.records.length + found.rejected.length + (found.problem === null ? 0 : 1),
          ).toBeGreaterThan(0);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('splitJson within its limits', () => {
  it('rejects a record that is too large or too deep and goes on with the next', () => {
    const big = JSON.stringify({ text: 'x'.repeat(5_000) });
    const deep = `${'['.repeat(150)}${']'.repeat(150)}`;
    for (const text of [`[{"a":1},${big},${deep},{"b":2}]`, `{"a":1}\n${big}\n{"d":${deep}}\n{"b":2}\n`]) {
      const found = cut(text, [100], [], { recordBytes: 1_000 });
      expect(values(found)).toEqual([{ a: 1 }, { b: 2 }]);
      expect(found.rejected.map(({ reason }) => reason)).toEqual([
        expect.stringContaining('larger than 1000'),
        expect.stringContaining('nested more than 100'),
      ]);
    }
  });

  it('takes one line of 50 MB without holding it', () => {
    const line = Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(50_000_000, 'x'), Buffer.from('"}')]);
    const before = process.memoryUsage().rss;
    const found = cut(Buffer.concat([Buffer.from('{"a":1}\n{"b":2}\n'), line, Buffer.from('\n{"c":3}\n')]), [
      1 << 18,
    ]);
    expect(values(found)).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }]);
    expect(found.rejected).toHaveLength(1);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 << 20);
  });

  it('says that a file is cut off, and where its brackets break', () => {
    expect(cut('{"Records":[{"a":1},{"b":').problem).toContain('cut off');
    expect(cut('[{"a":1}}, {"b":2}]').problem).toContain('line 1');
  });

  it('refuses NUL, half a surrogate pair and bytes that are no UTF-8, and leaves escaped backslashes alone', () => {
    const lines = [
      '{"a":"\\u0000"}',
      '{"a":"\\ud800"}',
      '{"a":"\\ud83d\\ude00"}',
      '{"a":"\\\\u0000"}',
      '{"__proto__":{"x":1}}',
    ];
    const found = cut([...lines, '{"ok":1}', '{"ok":2}', '{"ok":3}'].join('\n'), [3], []);
    expect(found.rejected.map(({ line }) => line)).toEqual([1, 2]);
    expect(({} as { x?: number }).x).toBeUndefined();
    const bytes = cut(
      Buffer.concat([
        Buffer.from('{"a":"'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('"}\n{"b":1}\n{"c":1}\n'),
      ]),
      [1],
      [],
    );
    expect(bytes.rejected[0]?.reason).toContain('UTF-8');
    expect(values(bytes)).toHaveLength(2);
  });
});
