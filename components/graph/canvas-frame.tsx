'use client';

import { Download, Maximize, Minus, Plus, Shapes } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { buttonStyle } from '#components/ui/button-style.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { GraphCanvas, type CanvasHandle, type GraphCanvasProps } from './graph-canvas.tsx';
import { GraphLegend } from './graph-legend.tsx';
import type { Picture } from './picture.ts';
import { saveFile } from './save-file.ts';
import type { Highlight } from './show-highlight.ts';

export type CanvasFrameProps = Pick<
  GraphCanvasProps,
  'label' | 'fitKey' | 'chosen' | 'highlight' | 'onChoose' | 'onOpenCluster'
> & {
  /** Undefined while it is loading. */
  picture: Picture | undefined;
  highlightOf: ((id: number) => Highlight) | undefined;
  /** The picture is of the question before. */
  isStale: boolean;
  /** Of the saved picture, without its ending. */
  fileName: string;
  downloads: readonly { label: string; href: string }[];
  /** What is left out of the picture, above it. */
  notice?: ReactNode;
};

const ZOOM_STEP = 1.35;

/** The drawing with what belongs around it: what is left out, the legend, zoom, and saving. */
export function CanvasFrame(props: CanvasFrameProps) {
  const [handle, setHandle] = useState<CanvasHandle | null>(null);
  const { picture, highlightOf } = props;
  return (
    <section
      aria-label="Drawing"
      aria-busy={picture === undefined || props.isStale}
      className="relative flex h-[64dvh] min-h-80 min-w-0 flex-col bg-canvas lg:h-auto lg:flex-1"
    >
      {props.notice}
      <div
        className={classNames('relative min-h-0 flex-1 transition-opacity', props.isStale && 'opacity-60')}
      >
        {picture && highlightOf ? (
          <GraphCanvas
            picture={picture}
            label={props.label}
            fitKey={props.fitKey}
            chosen={props.chosen}
            highlight={props.highlight}
            highlightOf={highlightOf}
            onChoose={props.onChoose}
            onReady={setHandle}
            {...(props.onOpenCluster ? { onOpenCluster: props.onOpenCluster } : {})}
          />
        ) : (
          <div className="grid h-full place-items-center">
            <Skeleton className="size-64 rounded-full" />
          </div>
        )}
        {handle && picture && <Controls {...props} handle={handle} picture={picture} />}
      </div>
    </section>
  );
}

type ControlsProps = CanvasFrameProps & { handle: CanvasHandle; picture: Picture };

function Controls({ handle, picture, fileName, downloads }: ControlsProps) {
  const showToast = useToast();
  const [isLegendOpen, setLegendOpen] = useState(false);

  async function savePng() {
    try {
      saveFile(await handle.png(), `${fileName}.png`);
    } catch {
      showToast({
        tone: 'danger',
        title: 'The picture could not be made',
        detail: 'Draw fewer nodes and try again.',
      });
    }
  }

  return (
    <>
      <div className="absolute top-3 right-3 flex flex-col gap-1 rounded-lg border border-line bg-surface p-1 shadow-lift">
        <IconButton label="Zoom in" size="small" onClick={() => handle.zoomBy(ZOOM_STEP)}>
          <Plus aria-hidden />
        </IconButton>
        <IconButton label="Zoom out" size="small" onClick={() => handle.zoomBy(1 / ZOOM_STEP)}>
          <Minus aria-hidden />
        </IconButton>
        <IconButton label="Show all" size="small" onClick={handle.fit}>
          <Maximize aria-hidden />
        </IconButton>
        <IconButton
          label={isLegendOpen ? 'Hide the legend' : 'Show the legend'}
          size="small"
          aria-expanded={isLegendOpen}
          onClick={() => setLegendOpen(!isLegendOpen)}
        >
          <Shapes aria-hidden />
        </IconButton>
        <DropdownMenu
          trigger={
            <button
              type="button"
              aria-label="Save"
              title="Save"
              className={buttonStyle('quiet', 'small', 'size-7 px-0')}
            >
              <Download aria-hidden />
            </button>
          }
        >
          <MenuItem onSelect={() => void savePng()}>Picture as PNG</MenuItem>
          {downloads.map(({ label, href }) => (
            <MenuItem key={href} onSelect={() => saveFile(href, '')}>
              {label}
            </MenuItem>
          ))}
        </DropdownMenu>
      </div>
      {isLegendOpen && <GraphLegend picture={picture} />}
    </>
  );
}
