'use client';

import { useEffect, useRef } from 'react';

export type DecisionKeys = Readonly<Partial<Record<'a' | 'r' | 'u' | 'n' | 'j' | 'k', () => void>>>;

/** Single keys for a page that is worked through by keyboard. They rest while something is typed, chosen or asked. */
export function useDecisionKeys(keys: DecisionKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const act = Object.entries(latest.current).find(([key]) => key === event.key)?.[1];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.closest('input, textarea, select, [role="dialog"], [contenteditable="true"]') !== null;
}
