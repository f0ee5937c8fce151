import { sign, verify } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { exportToEnvironment } from '#lib/env.ts';
import { fingerprint, instanceTag, open, seal, sessionSecret, signingKey } from './instance-keys.ts';
import { instanceSecret } from './instance-secret.ts';

const home = mkdtempSync(path.join(tmpdir(), 'bailiwick-keys-'));
const useSecret = (secret: string) => exportToEnvironment({ BAILIWICK_SECRET: secret, BAILIWICK_HOME: home });
const SECRET_A = 'a'.repeat(64);
const SECRET_B = 'b'.repeat(64);

afterEach(() => {
  exportToEnvironment({ NODE_ENV: 'test' });
  rmSync(home, { recursive: true, force: true });
});

describe('instanceSecret', () => {
  it('is made once, kept for its owner alone, and read again', () => {
    useSecret('');
    const first = instanceSecret();
    expect(first).toHaveLength(32);
    expect(instanceSecret()).toEqual(first);
    expect(statSync(path.join(home, 'secret')).mode & 0o777).toBe(0o600);
  });

  it.each(['short', 'ff'.repeat(31), 'no secret at all, with spaces and commas, though long'])(
    'refuses %j',
    (secret) => {
      useSecret(secret);
      expect(() => instanceSecret()).toThrow(/secret/i);
    },
  );

  it('refuses an example in production', () => {
    useSecret('ZXhhbXBsZS1zZWNyZXQtb25seS1uZXZlci11c2UtaXQh');
    expect(instanceSecret().length).toBeGreaterThan(31);
    exportToEnvironment({ NODE_ENV: 'production' });
    expect(() => instanceSecret()).toThrow('example');
  });
});

describe('instance keys', () => {
  it('differ by use and by secret, and are the same after a restart', () => {
    useSecret(SECRET_A);
    const a = [sessionSecret(), fingerprint('x'), instanceTag(), signingKey().keyId];
    expect(new Set(a).size).toBe(4);
    useSecret(SECRET_B);
    const b = [sessionSecret(), fingerprint('x'), instanceTag(), signingKey().keyId];
    b.forEach((key, i) => expect(key).not.toBe(a[i]));
    useSecret(SECRET_A);
    expect([sessionSecret(), fingerprint('x'), instanceTag(), signingKey().keyId]).toEqual(a);
  });

  it('sign in a way that the public key verifies', () => {
    useSecret(SECRET_A);
    const { privateKey, publicKey, publicBytes } = signingKey();
    expect(publicBytes).toHaveLength(32);
    const signature = sign(null, Buffer.from('bundle'), privateKey);
    expect(verify(null, Buffer.from('bundle'), publicKey, signature)).toBe(true);
    expect(verify(null, Buffer.from('bundlf'), publicKey, signature)).toBe(false);
  });
});

describe('seal and open', () => {
  it('give back the text for the same purpose only', () => {
    useSecret(SECRET_A);
    const sealed = seal('whsec_🔑', 'webhook:1');
    expect(open(sealed, 'webhook:1')).toBe('whsec_🔑');
    expect(sealed.toString('utf8')).not.toContain('whsec');
    expect(() => open(sealed, 'webhook:2')).toThrow('decrypted');
    useSecret(SECRET_B);
    expect(() => open(sealed, 'webhook:1')).toThrow('decrypted');
  });

  it('refuse every changed byte', () => {
    useSecret(SECRET_A);
    const sealed = seal('secret', 'p');
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(i) ^ 1, i);
      expect(() => open(changed, 'p')).toThrow('decrypted');
    }
    expect(() => open(Buffer.alloc(3), 'p')).toThrow('decrypted');
  });
});
