import { mkdtempSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { Allowance, documents } from './containers.ts';
import { decoded } from './decode.ts';
import { LIMITS, type Limits } from './limits.ts';
import { recognise } from './recognise.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-containers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Entry = { name: string; content: Buffer; mode?: number; claimedSize?: number };

/** A zip archive (APPNOTE 6.3) of deflated entries, with whatever names and sizes a test wants to claim. */
function zip(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, mode = 0o100644, claimedSize } of entries) {
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(crc32(content), 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(claimedSize ?? content.length, 22);
    head.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(0x0314, 4);
    entry.writeUInt16LE(20, 6);
    head.copy(entry, 10, 8, 28);
    entry.writeUInt32LE((mode << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    locals.push(head, Buffer.from(name), packed);
    central.push(entry, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

async function read(
  content: Buffer | string,
  name = 'input',
  limits: Partial<Limits> = {},
): Promise<Map<string, string>> {
  const file = path.join(folder, `file-${Math.random()}`);
  writeFileSync(file, content);
  return readPath(file, name, limits);
}

async function readPath(
  file: string,
  name: string,
  limits: Partial<Limits> = {},
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const document of documents([{ path: file, name }], new Allowance({ ...LIMITS, ...limits }))) {
    const chunks: Buffer[] = [];
    for await (const chunk of decoded(document.bytes)) chunks.push(chunk);
    found.set(document.name, Buffer.concat(chunks).toString('utf8'));
  }
  return found;
}

const text = Buffer.from('{"a":1}\n');

describe('documents', () => {
  it('are found in files, gzip by its first bytes, zip, and both within each other once', async () => {
    expect(await read(text, 'a.json')).toEqual(new Map([['a.json', '{"a":1}\n']]));
    expect(await read(gzipSync(text), 'a.json.gz')).toEqual(new Map([['a.json', '{"a":1}\n']]));
    const inner = zip([{ name: 'deep/b.json', content: text }]);
    const outer = zip([
      { name: 'a.json.gz', content: gzipSync(text) },
      { name: 'inner.zip', content: inner },
      { name: '__MACOSX/x', content: text },
    ]);
    expect([...(await read(outer, 'o.zip')).keys()]).toEqual(['o.zip/a.json', 'o.zip/inner.zip/deep/b.json']);
    const third = zip([{ name: 'outer.zip', content: zip([{ name: 'inner.zip', content: inner }]) }]);
    await expect(read(third)).rejects.toThrow('archives within archives');
  });

  it('of a folder come in order of name, without links and hidden files', async () => {
    const root = path.join(folder, 'tree');
    mkdirSync(path.join(root, 'b'), { recursive: true });
    for (const name of ['z.json', 'a.json', '.hidden', 'b/c.json'])
      writeFileSync(path.join(root, name), text);
    symlinkSync('/etc/passwd', path.join(root, 'link.json'));
    symlinkSync(root, path.join(root, 'circle'));
    expect([...(await readPath(root, 'tree')).keys()]).toEqual([
      'tree/a.json',
      'tree/b/c.json',
      'tree/z.json',
    ]);
  });

  it('are decoded from UTF-8 and UTF-16 with and without a mark', async () => {
    const le = Buffer.from('{"name":"Grüße 😀"}', 'utf16le');
    const be = Buffer.from(le).swap16();
    for (const bytes of [
      le,
      Buffer.concat([Buffer.from([0xff, 0xfe]), le]),
      be,
      Buffer.concat([Buffer.from([0xfe, 0xff]), be]),
    ])
      expect([...(await read(bytes)).values()][0]).toBe('{"name":"Grüße 😀"}');
    expect([...(await read(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), text]))).values()][0]).toBe(
      '{"a":1}\n',
    );
  });
});

describe('hostile containers are refused with a reason', () => {
  const bomb = gzipSync(Buffer.alloc(20_000_000));

  it.each<[string, () => Buffer, Partial<Limits>, RegExp]>([
    ['a gzip bomb', () => bomb, { ratioFreeBytes: 1_000_000 }, /more than 250 times/],
    [
      'a zip bomb',
      () => zip([{ name: 'a', content: Buffer.alloc(20_000_000) }]),
      { ratioFreeBytes: 1_000_000 },
      /more than 250 times/,
    ],
    [
      'more bytes than one file may hold',
      () => bomb,
      { documentBytes: 1_000_000, ratio: 1e9 },
      /more than 1000000 bytes/,
    ],
    [
      'more bytes than an import may hold',
      () =>
        zip([
          { name: 'a', content: Buffer.alloc(600) },
          { name: 'b', content: Buffer.alloc(600) },
        ]),
      { totalBytes: 1_000 },
      /import holds more/,
    ],
    ['gzip within gzip', () => gzipSync(gzipSync(text)), {}, /archive within gzip/],
    ['cut off gzip', () => gzipSync(Buffer.alloc(100_000, 'abc')).subarray(0, 60), {}, /cut off/],
    [
      'damaged gzip',
      () => Buffer.concat([gzipSync(text).subarray(0, 12), Buffer.from('not deflate at all')]),
      {},
      /damaged|cut off/,
    ],
    [
      'a zip that climbs out',
      () => zip([{ name: '../../etc/x', content: text }]),
      {},
      /invalid relative path/,
    ],
    ['a zip with an absolute name', () => zip([{ name: '/etc/x', content: text }]), {}, /absolute path/],
    ['a zip with a link', () => zip([{ name: 'x', content: text, mode: 0o120777 }]), {}, /link/],
    [
      'a zip that lies about a size',
      () => zip([{ name: 'x', content: Buffer.alloc(5_000, 'ab'), claimedSize: 10 }]),
      {},
      /damaged/,
    ],
    ['a cut off zip', () => zip([{ name: 'x', content: text }]).subarray(0, 40), {}, /not a whole zip/],
    [
      '100,000 entries',
      () => zip(Array.from({ length: 60_000 }, (_, i) => ({ name: String(i), content: Buffer.alloc(0) }))),
      {},
      /lists 60000 files/,
    ],
  ])('%s', async (_, make, limits, reason) => {
    await expect(read(make(), 'input', limits)).rejects.toThrow(reason);
  });
});

describe('what no connector reads is refused by what it looks like', () => {
  it.each([
    ['', /empty/],
    ['%PDF-1.7 …', /PDF/],
    ['<!doctype html><html>', /web page/],
    ['<?xml version="1.0"?><a/>', /XML/],
    ['\u0000\u0001\u0002', /binary/],
    ['{"colour": "red", "size": 3}', /JSON that begins with “colour”, “size”/],
    ['just some words', /plain text|table/],
  ])('%j', (head, reason) => {
    expect(recognise('file', head)).toEqual({ problem: expect.stringMatching(reason) as string });
  });
});
