import { classNames } from '#components/ui/class-names.ts';

/** The mark: an area with one who answers for it. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" fill="none" className={classNames('size-6 text-accent', className)}>
      <path
        d="M12 2.5 20.5 7v10L12 21.5 3.5 17V7L12 2.5Z"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinejoin="round"
      />
      <path d="M12 12 3.9 7.3M12 12l8.1-4.7M12 12v9" stroke="currentColor" strokeWidth="1.25" opacity=".45" />
      <circle cx="12" cy="12" r="3.25" fill="currentColor" />
    </svg>
  );
}
