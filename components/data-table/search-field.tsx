'use client';

import { useEffect, useState } from 'react';
import { SearchInput } from '#components/ui/search-input.tsx';

const SETTLED_MS = 250;

export type SearchFieldProps = {
  label: string;
  hint: string;
  /** The text that is searched for now. */
  text: string;
  /** Called once typing has paused. */
  onChange: (text: string) => void;
};

/** Waits for a pause in typing; follows the address when it changes from elsewhere (back button, "Clear"). */
export function SearchField({ label, hint, text, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  if (text !== known) {
    setKnown(text);
    setTyped(text);
  }
  const wanted = typed.trim();
  useEffect(() => {
    if (wanted === known) return;
    const timer = setTimeout(() => {
      setKnown(wanted);
      onChange(wanted);
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [wanted, known, onChange]);
  return (
    <SearchInput
      label={label}
      placeholder={hint}
      value={typed}
      maxLength={500}
      onChange={(event) => setTyped(event.target.value)}
      className="w-full sm:w-72"
    />
  );
}
