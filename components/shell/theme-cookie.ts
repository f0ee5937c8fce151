/** What the person chose; `system` follows the operating system, also when it changes during the visit. */
export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = 'bailiwick-theme';

export function toTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system';
}

/** The class of <html> that forces a scheme; none when the system decides. */
export function themeClass(value: string | undefined): 'light' | 'dark' | undefined {
  const theme = toTheme(value);
  return theme === 'system' ? undefined : theme;
}

/** The cookie as document.cookie takes it; readable by the server so that the first paint is right. */
export function themeCookie(theme: Theme, isSecure: boolean): string {
  const oneYearSeconds = 31_536_000;
  return `${THEME_COOKIE}=${theme}; Path=/; Max-Age=${oneYearSeconds}; SameSite=Lax${isSecure ? '; Secure' : ''}`;
}
