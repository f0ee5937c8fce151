'use client';

import { useSyncExternalStore } from 'react';
import { themeClass, themeCookie, toTheme, type Theme } from './theme-cookie.ts';

const FORCED = ['light', 'dark'] as const;
const DARK_PREFERENCE = '(prefers-color-scheme: dark)';

/** The theme as the document carries it. */
function currentTheme(): Theme {
  const { classList } = document.documentElement;
  return toTheme(FORCED.find((name) => classList.contains(name)));
}

/** Changes the document at once and keeps the choice for the server's next answer. */
export function setTheme(theme: Theme): void {
  const { classList } = document.documentElement;
  classList.remove(...FORCED);
  const forced = themeClass(theme);
  if (forced) classList.add(forced);
  document.cookie = themeCookie(theme, window.location.protocol === 'https:');
}

function subscribe(onChange: () => void): () => void {
  const preference = window.matchMedia(DARK_PREFERENCE);
  const observer = new MutationObserver(onChange);
  preference.addEventListener('change', onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class'] });
  return () => {
    preference.removeEventListener('change', onChange);
    observer.disconnect();
  };
}

function currentScheme(): 'light' | 'dark' {
  const theme = currentTheme();
  if (theme !== 'system') return theme;
  return window.matchMedia(DARK_PREFERENCE).matches ? 'dark' : 'light';
}

const themeOnServer = () => 'system' as const;

/** What the person chose, as the document carries it now. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, currentTheme, themeOnServer);
}

const schemeOnServer = () => 'light' as const;

/** The scheme that is shown now, for drawings that cannot read CSS; follows the switch and the system. */
export function useColourScheme(): 'light' | 'dark' {
  return useSyncExternalStore(subscribe, currentScheme, schemeOnServer);
}
