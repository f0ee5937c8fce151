import { classNames } from './class-names.ts';
import { splitVisible, visibleText } from './visible-text.ts';

/** The end of an ARN, path or id is what tells two apart, so it always stays in sight. */
const TAIL_CHARACTERS = 14;

export type KeyTextProps = {
  /** A key, ARN, path or id from outside. */
  value: string;
  /** `middle` cuts in the middle to one line; `wrap` breaks anywhere and shows all of it. */
  overflow?: 'middle' | 'wrap';
  className?: string;
};

/** A machine's name for a thing: monospaced, isolated from the direction of the text around, invisible characters written out. */
export function KeyText({ value, overflow = 'middle', className }: KeyTextProps) {
  const style = classNames('font-mono text-xs text-ink-muted', className);
  if (overflow === 'wrap') {
    return (
      <bdi dir="ltr" className={classNames('break-all', style)}>
        <Visible text={value} />
      </bdi>
    );
  }
  const cut = cutBeforeTail(value);
  return (
    <bdi dir="ltr" title={visibleText(value)} className={classNames('flex max-w-full min-w-0', style)}>
      <span className="truncate">
        <Visible text={value.slice(0, cut)} />
      </span>
      <span className="shrink-0 whitespace-pre">
        <Visible text={value.slice(cut)} />
      </span>
    </bdi>
  );
}

export type NameTextProps = { value: string; className?: string };

/** A display name from outside, shown so that it cannot pretend to be another. */
export function NameText({ value, className }: NameTextProps) {
  return (
    <bdi className={className}>
      <Visible text={value} />
    </bdi>
  );
}

function Visible({ text }: { text: string }) {
  return splitVisible(text).map((part, index) =>
    part.isEscape ? (
      <span
        key={index}
        className="mx-px rounded-sm bg-warn-soft px-0.5 font-mono text-[0.85em] text-warn-ink"
      >
        {part.text}
      </span>
    ) : (
      part.text
    ),
  );
}

/** Where the tail begins, never inside a surrogate pair. */
function cutBeforeTail(value: string): number {
  const cut = Math.max(0, value.length - TAIL_CHARACTERS);
  const first = value.charCodeAt(cut);
  return first >= 0xdc00 && first <= 0xdfff ? cut - 1 : cut;
}
