import { lazy, Suspense, type ComponentType } from 'react';
import { useTexts } from '../base/texts.tsx';

/** A chart whose code is read when one is first looked at. Drawn without it, the picture's table still tells everything. */
export function lazyChart<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Chart = lazy(async () => ({ default: await load().catch((): ComponentType<Props> => ChartMissing) }));
  return function LazyChart(props: Props) {
    // the drawing is for the eye: the points over it and the table beside it speak
    return <div aria-hidden className="h-full"><Suspense fallback={null}><Chart {...props} /></Suspense></div>;
  };
}

function ChartMissing() {
  const { t } = useTexts();
  return <p className="p-4 text-ink-3">{t('picture.failed')}</p>;
}
