import { RotateCcw } from 'lucide-react';
import { useRef, useState } from 'react';
import type { TextKey } from '../../../shared/i18n/texts.ts';
import type { Command } from '../../base/command.ts';
import { saveText } from '../../base/file-transfer.ts';
import { keyFileText, readKeyFile, type KeyFileProblem } from '../../base/key-file.ts';
import { shortcutsOf } from '../../base/key-map.ts';
import { shortcutWords } from '../../base/keys.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { isMacroCommand } from './key-choice.ts';
import { KeyRecorder } from './key-recorder.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import type { SettingsPageProps } from './settings-pages.tsx';
import { useKeyChanges, type KeyProblem } from './use-key-changes.ts';

const GROUPS: readonly { id: string; labelKey: TextKey; holds: (command: Command) => boolean }[] = [
  ...(['queue', 'work', 'reply', 'go', 'app'] as const).map((group) => ({ id: group, labelKey: `keys.group.${group}` as const, holds: (command: Command) => command.group === group && !isMacroCommand(command) })),
  { id: 'macro', labelKey: 'keys.group.macro', holds: isMacroCommand },
];

/** Every command with its keys, to be changed by pressing others. */
export function KeysPage(props: SettingsPageProps) {
  const { t } = useTexts();
  const [text, setText] = useState('');
  const changes = useKeyChanges(props);
  const chosen = props.settings.keys;
  const wanted = text.normalize('NFKC').trim().toLowerCase();
  const isShown = (command: Command): boolean => wanted === '' || changes.nameOf(command).toLowerCase().includes(wanted) || changes.wordsOf(command).toLowerCase().split(' / ').includes(wanted);
  const groups = GROUPS.map((group) => ({ ...group, commands: changes.bound.filter((command) => group.holds(command) && isShown(command)) })).filter(({ commands }) => commands.length > 0);
  return (
    <FramedBlock title={t('keys.own')}>
      <p className="text-ink-2">{t('keys.ownHelp')}</p>
      <div className="flex flex-wrap items-end gap-2">
        <TextField label={t('keys.find')} type="search" value={text} onChange={(event) => setText(event.target.value)} className="min-w-48 flex-1" />
        <KeyFileButtons {...props} changes={changes} />
      </div>
      <p role="status" className="text-meta text-ink-3">{t('keys.changedCount', { count: Object.keys(chosen).length })}</p>
      {groups.map(({ id, labelKey, commands }) => (
        <section key={id} aria-label={t(labelKey)}>
          <h4 className="pb-1 text-meta text-ink-3">{t(labelKey)}</h4>
          <ul>{commands.map((command) => <KeyRow key={command.id} command={command} changes={changes} isChosen={Object.hasOwn(chosen, command.id)} />)}</ul>
        </section>
      ))}
      {groups.length === 0 && <p className="text-ink-3">{t('keys.none')}</p>}
    </FramedBlock>
  );
}

type Changes = ReturnType<typeof useKeyChanges>;

function KeyRow({ command, changes, isChosen }: { command: Command; changes: Changes; isChosen: boolean }) {
  const { t } = useTexts();
  const buttonRef = useRef<HTMLButtonElement>(null);
  const own = changes.commands.find(({ id }) => id === command.id) ?? command;
  const name = changes.nameOf(command);
  // the button is there again when the recorder has gone
  const refocus = (): void => void setTimeout(() => buttonRef.current?.focus(), 0);
  const isEdited = changes.editedId === command.id;
  const problem = changes.problem?.commandId === command.id ? changes.problem : null;
  return (
    <li className="border-t border-line">
      <div className="flex min-h-9 items-center gap-3">
        <span className="min-w-0 flex-1 break-words">{name}{isChosen && <span className="text-meta text-accent"> · {t('keys.chosen')}</span>}</span>
        {isEdited && <span className="text-meta text-ink-3">{t('keys.pressHelp')}</span>}
        {isEdited ? (
          <KeyRecorder label={`${name} · ${t('keys.press')}`} canBeSequence={command.isAllowedWhileTyping !== true} onKeys={(shortcut) => { changes.press(own, shortcut); refocus(); }} onCancel={() => { changes.edit(null); refocus(); }} />
        ) : (
          <button ref={buttonRef} type="button" onClick={() => changes.edit(command.id)} className="ring-inside flex min-h-7 min-w-24 items-center justify-end gap-1.5 rounded px-2 hover:bg-raised">
            <span className="sr-only">{t('keys.edit', { name, keys: changes.wordsOf(command) })}</span>
            <span aria-hidden className="flex gap-1.5">{shortcutsOf(command).length === 0 ? <span className="text-meta text-ink-3">{t('keys.noKey')}</span> : shortcutsOf(command).map((shortcut) => <Kbd key={shortcut} shortcut={shortcutWords(shortcut)} />)}</span>
          </button>
        )}
        <span className="flex w-7 shrink-0">{isChosen && <IconButton label={t('keys.reset', { name })} onClick={() => { changes.reset(own); refocus(); }}><RotateCcw size={14} aria-hidden /></IconButton>}</span>
      </div>
      {problem !== null && <ProblemLine problem={problem} command={own} changes={changes} onDone={refocus} />}
    </li>
  );
}

function ProblemLine({ problem: { shortcut, verdict }, command, changes, onDone }: { problem: KeyProblem; command: Command; changes: Changes; onDone: () => void }) {
  const { t } = useTexts();
  const keys = shortcutWords(shortcut);
  const now = changes.bound.find(({ id }) => id === command.id)?.shortcut ?? null;
  const settle = (run: () => void) => (): void => {
    run();
    onDone();
  };
  return (
    <div role="alert" className="flex flex-wrap items-center gap-2 pb-2 text-meta">
      {verdict.kind === 'refused' ? (
        <span className="text-high">{keys}{t('warning.colon')}{t(verdict.reasonKey)}</span>
      ) : (
        <>
          <span className="text-mid">△ {t('keys.taken', { keys, name: changes.nameOf(verdict.owner) })}</span>
          {verdict.canSwap && <Button size="compact" onClick={settle(() => changes.give(command, shortcut, { owner: verdict.owner, ownerKeys: now }))}>{t('keys.swap')}</Button>}
          <Button size="compact" onClick={settle(() => changes.give(command, shortcut, { owner: verdict.owner, ownerKeys: null }))}>{t('keys.takeOver')}</Button>
        </>
      )}
      <Button size="compact" tone="ghost" onClick={settle(() => changes.edit(null))}>{t('action.cancel')}</Button>
    </div>
  );
}

/** Export, import, and all as they came. What is wrong with a file is told with its line and field. */
function KeyFileButtons({ settings, changes }: SettingsPageProps & { changes: Changes }) {
  const { t } = useTexts();
  const { toasts } = useShell();
  const fileRef = useRef<HTMLInputElement>(null);
  const wordsOf = ({ key, values, reasonKey, owner }: KeyFileProblem): string => `${t(key, { ...values, ...(owner === undefined ? {} : { name: changes.nameOf(owner) }) })}${reasonKey === undefined ? '' : `${t('warning.colon')}${t(reasonKey)}`}`;
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const read = readKeyFile(await file.text(), changes.commands);
    if (read.kind === 'problem') toasts.problem({ key: 'keys.importFailed' }, wordsOf(read.problem));
    else changes.take(read.keys, Object.keys(read.keys).length);
  };
  return (
    <>
      <Button onClick={() => saveText('deskmate-keys.json', keyFileText(settings.keys), 'application/json')}>{t('keys.export')}</Button>
      <Button onClick={() => fileRef.current?.click()}>{t('keys.import')}</Button>
      <input ref={fileRef} type="file" accept="application/json,.json" aria-label={t('keys.import')} hidden onChange={(event) => { void take(event.target.files?.[0]); event.target.value = ''; }} />
      <Button disabled={Object.keys(settings.keys).length === 0} onClick={changes.resetAll}>{t('keys.resetAll')}</Button>
    </>
  );
}
