import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { AppError } from '#lib/core/errors.ts';
import { verifyBundle, type Verification } from '#lib/evidence/verify-bundle.ts';

const FILE_BYTES_MAX = 512 << 20;

/** `bailiwick verify FILE`: whether an evidence bundle is whole. Needs no server, no database and no network. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('Check an evidence bundle offline: exit 0 when it is whole, 1 when it is not')
    .argument('<file>', 'the bundle, as it was downloaded')
    .option(
      '--key <key>',
      'the public key that must have signed it: 32 bytes in base64 or hex, or a file that holds them',
    )
    .option('--json', 'print one JSON document')
    .action(async (file: string, { key, json }: { key?: string; json?: boolean }) => {
      const trusted = key === undefined ? null : await readKey(key);
      const result = verifyBundle(await readBundle(file), trusted);
      console.log(json ? JSON.stringify(result, null, 2) : report(result));
      if (!result.whole) process.exitCode = 1;
    });
}

async function readBundle(file: string): Promise<Uint8Array> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new AppError('not_found', `There is no file ${file}.`);
  if (found.size > FILE_BYTES_MAX)
    throw new AppError('too_large', `${file} is larger than ${FILE_BYTES_MAX} bytes.`);
  return readFile(file);
}

async function readKey(given: string): Promise<Uint8Array> {
  const text = (await readFile(given, 'utf8').catch(() => given)).trim();
  const bytes = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64');
  if (bytes.length !== 32) {
    throw new AppError(
      'invalid_input',
      'A public key has 32 bytes: give 64 hexadecimal digits or 44 characters of base64.',
    );
  }
  return bytes;
}

function report({ whole, problems, found, signedBy }: Verification): string {
  const lines = [whole ? 'The bundle is whole.' : 'The bundle is NOT whole:'];
  for (const { what, detail } of problems) lines.push(`  ${what}: ${detail}`);
  if (found) {
    lines.push(`Campaign     ${found.name} (${found.campaign}), as of ${found.asOf}`);
    lines.push(
      `Content      ${found.items} review items, ${found.revocations} revocations, ${found.auditRows} audit rows`,
    );
  }
  if (signedBy) {
    const trust = {
      true: ', the key that you trust',
      false: '',
      null: '. Compare it with the key on the Evidence page, or give it by --key',
    };
    lines.push(`Signed by    key ${signedBy.keyId} (${signedBy.publicKey})${trust[`${signedBy.trusted}`]}`);
  }
  return lines.join('\n');
}
