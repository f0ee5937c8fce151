import { describe, expect, it } from 'vitest';
import { themeClass, themeCookie, toTheme } from './theme-cookie.ts';

describe('theme cookie', () => {
  it.each([undefined, '', 'DARK', 'dark"><script>', 'system'])(
    '%j follows the system and forces no class',
    (value) => {
      expect(toTheme(value)).toBe('system');
      expect(themeClass(value)).toBeUndefined();
    },
  );

  it('is read back as it was written, and is Secure on https', () => {
    const written = themeCookie('dark', true);
    expect(themeClass(written.split(';')[0]?.split('=')[1])).toBe('dark');
    expect(written).toContain('; Secure');
    expect(themeCookie('dark', false)).not.toContain('Secure');
  });
});
