import { importKindSchema, type ImportKind } from '../../../shared/contract/import.contract.ts';
import type { CallFailure } from '../../base/call-failure.ts';
import { wordOr } from '../../base/code-words.ts';
import { backendWords } from '../../base/page-language.ts';
import { useTexts, type Texts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { SelectField } from '../../ui/fields.tsx';
import { missingFields, type ImportDraft, type ImportStore } from './import.store.ts';

const MOST_PASSAGES = 5;
const LEFT_OUT = '';

/** What a rep calls this field; its own name where there is no word for it. */
function fieldLabel(t: Texts['t'], name: string): string {
  return wordOr(t, `field.${name}`, name);
}

/** What the file holds, as read, before anything of it is stored. */
export function ImportPreviewPane({ imports, draft, isBusy, failure }: { imports: ImportStore; draft: ImportDraft; isBusy: boolean; failure: CallFailure | null }) {
  const { t, language } = useTexts();
  const { preview } = draft;
  const missing = missingFields(draft);
  return (
    <section aria-label={t('import.preview')} className="flex flex-col gap-4 rounded border border-line bg-surface p-4">
      <div className="flex items-start gap-3">
        <h2 className="min-w-0 flex-1 text-title font-semibold break-all">{preview.path.split(/[\\/]/).at(-1)}</h2>
        <Button onClick={imports.reset}>{t('import.reset')}</Button>
        <Button tone="primary" disabled={draft.kind === null || missing.length > 0 || isBusy} onClick={() => void imports.start()}>{t('import.start')}</Button>
      </div>
      {failure !== null && <FailureNotice text={t('import.previewFailed')} failure={failure} isFlush />}
      <Facts draft={draft} imports={imports} />
      {missing.length > 0 && <p className="text-mid">△ {t('import.missingFields', { names: missing.map((name) => fieldLabel(t, name)).join(t('macro.variable.and')) })}</p>}
      {preview.warnings.length > 0 && (
        <div>
          <h3 className="text-meta text-ink-3">{t('import.warnings')}</h3>
          <ul className="text-mid">{preview.warnings.map((warning) => <li key={warning}>△ {backendWords(warning, language)}</li>)}</ul>
        </div>
      )}
      {preview.columns.length > 0 && <ColumnTable draft={draft} imports={imports} />}
      {preview.passages.length > 0 && <PassageSamples draft={draft} />}
    </section>
  );
}

function Facts({ draft, imports }: { draft: ImportDraft; imports: ImportStore }) {
  const { t, formats } = useTexts();
  const { preview } = draft;
  const kinds = importKindSchema.options.map((value) => ({ value, label: t(`import.kind.${value}`) }));
  const choices = draft.kind === null ? [{ value: LEFT_OUT, label: t('import.kind.none') } as const, ...kinds] : kinds;
  const facts = [
    [t('import.format'), preview.format],
    [t('import.encoding'), preview.encoding ?? '—'],
    [t('import.size'), formats.bytes(preview.bytes)],
    ...(preview.fileCount > 1 ? [[t('import.fileCount'), formats.number(preview.fileCount)]] : []),
  ];
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
      <SelectField<ImportKind | ''> label={t('import.kind')} value={draft.kind ?? LEFT_OUT} choices={choices} onChange={(kind) => { if (kind !== LEFT_OUT) void imports.chooseKind(kind); }} className="w-44" />
      {preview.sheets.length > 1 && <SelectField label={t('import.sheet')} value={draft.sheet ?? ''} choices={preview.sheets.map((sheet) => ({ value: sheet, label: sheet }))} onChange={(sheet) => void imports.chooseSheet(sheet)} className="w-44" />}
      <dl className="flex gap-6">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-meta text-ink-3">{name}</dt>
            <dd className="flex h-7 items-center">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Sample rows, each column under the field it will become. */
function ColumnTable({ draft, imports }: { draft: ImportDraft; imports: ImportStore }) {
  const { t } = useTexts();
  const { preview, mapping } = draft;
  const fields = [{ value: LEFT_OUT, label: t('import.skipColumn') }, ...preview.fields.map(({ name, isRequired }) => ({ value: name, label: [fieldLabel(t, name), ...(isRequired ? [t('import.required')] : [])].join(' · ') }))];
  return (
    <div>
      <h3 className="pb-1 text-meta text-ink-3">{t('import.columns')} · {t('import.sampleRows', { count: preview.rows.length })}</h3>
      {/* A scroll area must take focus, or the keyboard cannot reach what is aside. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <div tabIndex={0} role="group" aria-label={t('import.columns')} className="quiet-scroll max-h-96 overflow-auto rounded border border-line">
        <table className="border-collapse text-left">
          <thead className="bg-raised">
            <tr>
              {preview.columns.map((column) => (
                <th key={column} scope="col" className="min-w-40 border-b border-line p-2 align-top font-semibold">
                  <div className="truncate pb-1">{column}</div>
                  <SelectField isLabelHidden label={t('import.columnOf', { column })} value={mapping[column] ?? LEFT_OUT} choices={fields} onChange={(field) => imports.mapColumn(column, field === LEFT_OUT ? null : field)} className="font-normal" />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, index) => (
              // Sample rows have no identity of their own.
              // oxlint-disable-next-line react/no-array-index-key -- sample rows have no id and never move
              <tr key={index} className="border-b border-line last:border-0">
                {preview.columns.map((column) => <td key={column} className="max-w-64 truncate px-2 py-1" title={row[column]}>{row[column]}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function PassageSamples({ draft }: { draft: ImportDraft }) {
  const { t } = useTexts();
  return (
    <div>
      <h3 className="pb-1 text-meta text-ink-3">{t('import.passages')}</h3>
      <ul className="flex flex-col gap-2">
        {draft.preview.passages.slice(0, MOST_PASSAGES).map((passage) => (
          <li key={`${passage.heading}-${passage.text.slice(0, 40)}`} className="border-l-2 border-line pl-3">
            {passage.heading !== '' && <p className="font-semibold">{passage.heading}</p>}
            <p className="clamp-2 text-ink-2">{passage.text}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
