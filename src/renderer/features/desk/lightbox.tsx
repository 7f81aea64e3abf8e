import { Dialog } from '@base-ui/react/dialog';
import { ChevronLeft, ChevronRight, Download, Maximize, RotateCw, X, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Attachment } from '../../../shared/contract/attachment.contract.ts';
import { isComposingKey } from '../../base/keys.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { useImageUrl } from './attachment-view.tsx';
import { useDesk } from './desk-context.tsx';
import { EvidenceMenu } from './evidence-menu.tsx';
import { fittedSize, FITTED, keepInside, turned, ZOOM_STEP, zoomAt, type ImageView, type Size } from './lightbox-view.ts';
import { useMessageMedia } from './message-media-context.tsx';

const PAN_PX = 80;
const MIDDLE = { x: 0, y: 0 };

/** One image over everything, with the others of the conversation a step away. Escape closes it and the focus goes back. */
export function Lightbox() {
  const { t } = useTexts();
  const { media } = useDesk();
  const lightbox = useMessageMedia((state) => state.lightbox);
  const attachment = lightbox?.images[lightbox.index];
  if (lightbox === null || attachment === undefined) return null;
  return (
    <Dialog.Root open onOpenChange={(isOpen) => { if (!isOpen) media.hideImage(); }}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Popup aria-describedby="lightbox-keys" className="fixed inset-4 z-30 flex flex-col overflow-hidden rounded border border-line bg-surface text-ui text-ink shadow-float outline-none">
          <Dialog.Title className="sr-only">{t('lightbox.title')}</Dialog.Title>
          <ImageStage key={attachment.id} attachment={attachment} place={lightbox.index + 1} count={lightbox.images.length} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type Act = (change: (view: ImageView) => ImageView) => void;

function ImageStage({ attachment, place, count }: { attachment: Attachment; place: number; count: number }) {
  const { t, formats } = useTexts();
  const { media } = useDesk();
  const { toasts } = useShell();
  const boxRef = useRef<HTMLDivElement>(null);
  const box = useBoxSize(boxRef);
  const [view, setView] = useState<ImageView>(FITTED);
  const image: Size = { width: attachment.width ?? box.width, height: attachment.height ?? box.height };
  const act: Act = (change) => setView((now) => keepInside(change(now), image, box));
  const save = (): void => void media.save(attachment).catch(() => toasts.problem({ key: 'attach.saveFailed' }));
  useLightboxKeys({ act, isZoomed: view.scale > 1, step: media.stepImage, save });
  return (
    <>
      <div className="flex h-11 shrink-0 items-center gap-1 border-b border-line pr-2 pl-4">
        <span className="min-w-0 flex-1 truncate" title={attachment.name}>{attachment.name} <span className="text-meta text-ink-3">{attachment.width} × {attachment.height} · {formats.bytes(attachment.byteCount)}</span></span>
        <EvidenceMenu attachment={attachment} />
        <IconButton label={t('lightbox.zoomOut')} onClick={() => act((now) => zoomAt(now, 1 / ZOOM_STEP, MIDDLE))}><ZoomOut size={16} aria-hidden /></IconButton>
        <span role="status" className="w-12 text-center text-meta text-ink-2">{formats.percent(zoomRatio(view, image, box))}</span>
        <IconButton label={t('lightbox.zoomIn')} onClick={() => act((now) => zoomAt(now, ZOOM_STEP, MIDDLE))}><ZoomIn size={16} aria-hidden /></IconButton>
        <IconButton label={t('lightbox.fit')} onClick={() => act((now) => ({ ...FITTED, quarterTurns: now.quarterTurns }))}><Maximize size={16} aria-hidden /></IconButton>
        <IconButton label={t('lightbox.rotate')} onClick={() => act(turned)}><RotateCw size={16} aria-hidden /></IconButton>
        <IconButton label={t('attach.save', { name: attachment.name })} onClick={save}><Download size={16} aria-hidden /></IconButton>
        <Dialog.Close render={<IconButton label={t('action.close')}><X size={16} aria-hidden /></IconButton>} />
      </div>
      <div ref={boxRef} className="relative min-h-0 flex-1 overflow-hidden bg-bg">
        <PannedImage attachment={attachment} view={view} size={fittedSize(image, box, view.quarterTurns)} act={act} />
        {count > 1 && <Steps place={place} count={count} />}
      </div>
      <p id="lightbox-keys" className="shrink-0 border-t border-line px-4 py-1 text-meta text-ink-3">{t('lightbox.keys')}</p>
    </>
  );
}

/** Screen pixels per image pixel. */
function zoomRatio(view: ImageView, image: Size, box: Size): number {
  const fitted = fittedSize(image, box, view.quarterTurns);
  return (fitted.width * view.scale) / Math.max(1, view.quarterTurns % 2 === 1 ? image.height : image.width);
}

function Steps({ place, count }: { place: number; count: number }): ReactNode {
  const { t } = useTexts();
  const { media } = useDesk();
  return (
    <div className="absolute bottom-3 left-1/2 flex -translate-x-1/2 items-center gap-1 rounded-full border border-line bg-surface px-1 shadow-float">
      <IconButton label={t('lightbox.previous')} onClick={() => media.stepImage(-1)}><ChevronLeft size={16} aria-hidden /></IconButton>
      <span role="status" className="text-meta text-ink-2">{t('lightbox.place', { place, count })}</span>
      <IconButton label={t('lightbox.next')} onClick={() => media.stepImage(1)}><ChevronRight size={16} aria-hidden /></IconButton>
    </div>
  );
}

function PannedImage({ attachment, view, size, act }: { attachment: Attachment; view: ImageView; size: Size; act: Act }) {
  const { t } = useTexts();
  const { media } = useDesk();
  const url = useImageUrl(attachment);
  const stageRef = useRef<HTMLDivElement>(null);
  useWheelZoom(stageRef, act);
  const onPointerMove = (event: React.PointerEvent): void => {
    if (event.buttons === 1) act((now) => ({ ...now, x: now.x + event.movementX, y: now.y + event.movementY }));
  };
  const isTurned = view.quarterTurns % 2 === 1;
  const style = {
    width: (isTurned ? size.height : size.width) * view.scale,
    height: (isTurned ? size.width : size.height) * view.scale,
    transform: `translate(-50%, -50%) translate(${view.x}px, ${view.y}px) rotate(${view.quarterTurns * 90}deg)`,
  };
  return (
    <div ref={stageRef} onPointerMove={onPointerMove} onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)} className={view.scale > 1 ? 'size-full cursor-grab touch-none' : 'size-full touch-none'}>
      {url.kind === 'ready' && <img src={url.url} alt={attachment.name} draggable={false} onError={() => media.images.fail(attachment.id)} style={style} className="absolute top-1/2 left-1/2 max-w-none select-none" />}
      {url.kind === 'loading' && <p role="status" className="flex h-full items-center justify-center text-ink-3">{t('attach.loadingImage', { name: attachment.name })}</p>}
      {url.kind === 'failed' && <div className="flex h-full items-center justify-center"><Button onClick={() => media.images.retry(attachment)}>{t('attach.brokenImage')}</Button></div>}
    </div>
  );
}

function useBoxSize(ref: React.RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 1, height: 1 });
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

/** A wheel listener of React's cannot keep the page from scrolling or zooming. */
function useWheelZoom(ref: React.RefObject<HTMLElement | null>, act: Act): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const middle = element.getBoundingClientRect();
      const point = { x: event.clientX - middle.left - middle.width / 2, y: event.clientY - middle.top - middle.height / 2 };
      latest.current((view) => zoomAt(view, event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP, point));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [ref]);
}

type LightboxActs = { act: Act; isZoomed: boolean; step: (step: 1 | -1) => void; save: () => void };
const PANS: Readonly<Record<string, { x: number; y: number }>> = { ArrowLeft: { x: PAN_PX, y: 0 }, ArrowRight: { x: -PAN_PX, y: 0 }, ArrowUp: { x: 0, y: PAN_PX }, ArrowDown: { x: 0, y: -PAN_PX } };
const STEPS: Readonly<Record<string, 1 | -1>> = { PageUp: -1, PageDown: 1 };
const SIDE_STEPS: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowRight: 1 };

function useLightboxKeys(acts: LightboxActs): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (isComposingKey(event) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('[role=menu]') !== null) return;
      if (!actOnKey(event.key, latest.current)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, []);
}

const VIEW_KEYS: Readonly<Record<string, (view: ImageView) => ImageView>> = {
  '+': (view) => zoomAt(view, ZOOM_STEP, MIDDLE),
  '=': (view) => zoomAt(view, ZOOM_STEP, MIDDLE),
  '-': (view) => zoomAt(view, 1 / ZOOM_STEP, MIDDLE),
  '0': (view) => ({ ...FITTED, quarterTurns: view.quarterTurns }),
  r: turned,
};

/** Arrows pan what is zoomed; on a fitted image left and right go to the next one. */
function actOnKey(key: string, { act, isZoomed, step, save }: LightboxActs): boolean {
  const pan = PANS[key];
  const change = pan === undefined ? VIEW_KEYS[key.toLowerCase()] : (view: ImageView) => ({ ...view, x: view.x + pan.x, y: view.y + pan.y });
  const imageStep = STEPS[key] ?? (isZoomed ? undefined : SIDE_STEPS[key]);
  if (imageStep !== undefined) step(imageStep);
  else if (change !== undefined) act(change);
  else if (key.toLowerCase() === 's') save();
  else return false;
  return true;
}
