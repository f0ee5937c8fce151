'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { SegmentedControl, type Segment } from '#components/ui/segmented-control.tsx';
import { currentTheme, setTheme } from './colour-scheme.ts';
import type { Theme } from './theme-cookie.ts';

const SEGMENTS: readonly Segment<Theme>[] = [
  { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
  { value: 'system', label: 'System', icon: <Monitor aria-hidden /> },
];

/** Rendered only after a press, never on the server, so that it may read the document at once. */
export function ThemeSwitch() {
  const [theme, setShown] = useState<Theme>(currentTheme);
  return (
    <SegmentedControl
      label="Theme"
      segments={SEGMENTS}
      value={theme}
      onChange={(next) => {
        setTheme(next);
        setShown(next);
      }}
      className="flex"
    />
  );
}
