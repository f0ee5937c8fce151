'use client';

import { useSyncExternalStore } from 'react';

/** The width up to which paths are drawn from top to bottom. */
const NARROW = '(max-width: 40rem)';

function subscribe(onChange: () => void): () => void {
  const media = window.matchMedia(NARROW);
  media.addEventListener('change', onChange);
  return () => media.removeEventListener('change', onChange);
}

const isNarrow = () => window.matchMedia(NARROW).matches;
const wideOnServer = () => false;

/** Whether the window is as narrow as a phone's. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, isNarrow, wideOnServer);
