'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { SegmentedControl, type Segment } from '#components/ui/segmented-control.tsx';
import { setTheme, useTheme } from './colour-scheme.ts';
import type { Theme } from './theme-cookie.ts';

const SEGMENTS: readonly Segment<Theme>[] = [
  { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
  { value: 'system', label: 'System', icon: <Monitor aria-hidden /> },
];

export function ThemeSwitch() {
  const theme = useTheme();
  return (
    <SegmentedControl label="Theme" segments={SEGMENTS} value={theme} onChange={setTheme} className="flex" />
  );
}
