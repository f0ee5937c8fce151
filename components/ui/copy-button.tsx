'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from './icon-button.tsx';
import { useToast } from './toast.tsx';

const CONFIRMED_MS = 1_500;

export type CopyButtonProps = { text: string; label?: string; className?: string };

/** Copies the whole text, also where only a part of it is shown. */
export function CopyButton({ text, label = 'Copy', className }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  const showToast = useToast();
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), CONFIRMED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Browsers refuse on plain http and without permission; the text itself is then what can be selected.
      showToast({ tone: 'danger', title: 'The browser does not allow copying here', detail: text });
    }
  }

  return (
    <IconButton
      label={isCopied ? 'Copied' : label}
      size="small"
      {...(className === undefined ? {} : { className })}
      onClick={() => void copy()}
    >
      {isCopied ? <Check aria-hidden className="text-success" /> : <Copy aria-hidden />}
    </IconButton>
  );
}
