import { Menu } from '@base-ui/react/menu';
import type { ReactNode } from 'react';
import type { Macro } from '../../../shared/contract/macro.contract.ts';
import { callFailure } from '../../base/call-failure.ts';
import { saveText } from '../../base/file-transfer.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import type { KnowledgeStore } from './knowledge.store.ts';

const ITEM = 'flex h-7 items-center rounded px-2 text-ui outline-none select-none data-[highlighted]:bg-accent-tint';

/** Macros as a CSV file: the rep's own, or the team's. */
export function MacroExport({ knowledge, children }: { knowledge: KnowledgeStore; children: ReactNode }) {
  const { t } = useTexts();
  const { toasts } = useShell();
  const save = (scope: Macro['scope']): void =>
    void knowledge.exportMacros(scope).then(
      ({ name, csv, count }) => {
        saveText(name, csv, 'text/csv');
        toasts.show({ key: 'macro.exported', values: { name, count } });
      },
      (error: unknown) => toasts.problem({ key: `error.${callFailure(error).code}` }),
    );
  return (
    <Menu.Root>
      <Menu.Trigger render={<Button />}>{children}</Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="start" className="z-40">
          <Menu.Popup className="rounded border border-line bg-surface p-1 text-ink shadow-float outline-none">
            <Menu.Item className={ITEM} onClick={() => save('personal')}>{t('macro.exportOwn')}</Menu.Item>
            <Menu.Item className={ITEM} onClick={() => save('team')}>{t('macro.exportTeam')}</Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
