'use client';

import { CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';

export type ToastTone = 'info' | 'success' | 'danger';

export type Toast = {
  title: string;
  detail?: string;
  tone?: ToastTone;
  /** One thing that can be done about it, such as Undo. */
  action?: { label: string; onPress: () => void };
};

type ShownToast = Toast & { id: number };

const ShowToast = createContext<((toast: Toast) => void) | undefined>(undefined);

const VISIBLE_MS = 6_000;
const TOASTS_MAX = 4;

/** Shows a passing message. What a person must not miss belongs into the page. */
export function useToast(): (toast: Toast) => void {
  const show = useContext(ShowToast);
  if (!show) throw new Error('useToast needs a ToastProvider above it.');
  return show;
}

/** Holds the messages and the live region in which they are read aloud politely. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ShownToast[]>([]);
  const nextId = useRef(1);
  const show = useCallback((toast: Toast) => {
    const id = nextId.current++;
    setToasts((shown) => [...shown, { ...toast, id }].slice(-TOASTS_MAX));
  }, []);
  const dismiss = useCallback(
    (id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)),
    [],
  );
  return (
    <ShowToast value={show}>
      {children}
      <section
        aria-label="Messages"
        aria-live="polite"
        className="pointer-events-none fixed inset-x-3 bottom-3 z-50 flex flex-col items-end gap-2 sm:left-auto sm:w-96"
      >
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onDismiss={() => dismiss(toast.id)} />
        ))}
      </section>
    </ShowToast>
  );
}

const ICONS = {
  info: <Info aria-hidden className="size-4 text-info" />,
  success: <CircleCheck aria-hidden className="size-4 text-success" />,
  danger: <TriangleAlert aria-hidden className="size-4 text-danger" />,
} as const satisfies Record<ToastTone, ReactNode>;

/** Leaves by itself, but not while it is pointed at or focused, and not when it reports a failure. */
function ToastCard({ toast, onDismiss }: { toast: ShownToast; onDismiss: () => void }) {
  const [isHeld, setHeld] = useState(false);
  const dismiss = useLatest(onDismiss);
  const staysOpen = isHeld || toast.tone === 'danger';
  useEffect(() => {
    if (staysOpen) return;
    const timer = setTimeout(() => dismiss.current(), VISIBLE_MS);
    return () => clearTimeout(timer);
  }, [staysOpen, dismiss]);
  return (
    <div
      className="pointer-events-auto flex w-full animate-appear items-start gap-3 rounded-lg border border-line bg-raised p-3 shadow-float"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className="mt-0.5">{ICONS[toast.tone ?? 'info']}</span>
      <div className="min-w-0 flex-1 wrap-break-word">
        <p className="font-medium">{toast.title}</p>
        {toast.detail && <p className="text-sm text-ink-muted">{toast.detail}</p>}
        {toast.action && (
          <button
            type="button"
            className="mt-1 rounded-sm text-sm font-medium text-accent-text hover:underline"
            onClick={() => {
              toast.action?.onPress();
              onDismiss();
            }}
          >
            {toast.action.label}
          </button>
        )}
      </div>
      <IconButton label="Dismiss" size="small" className="-mt-1 -mr-1" onClick={onDismiss}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}

function useLatest<T>(value: T) {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
