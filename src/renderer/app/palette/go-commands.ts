import type { ConversationSummary } from '../../../shared/contract/conversation.contract.ts';
import type { Settings } from '../../../shared/contract/app.contract.ts';
import type { Command, CommandChoice } from '../../base/command.ts';
import { SETTINGS_PAGES } from '../../features/settings/settings-pages.tsx';
import type { Page } from '../page.ts';

const MOST_CONVERSATIONS = 200;

/** Commands that ask where to: a conversation, a page of the settings, a language. */
export function goCommands({ app, desk, connection }: Pick<Page, 'app' | 'desk' | 'connection'>): Command[] {
  const open = (id: ConversationSummary['id']): void => {
    app.goTo('desk');
    void desk.open(id).then(() => desk.focusField());
  };
  const choiceOf = (row: ConversationSummary): CommandChoice => ({ id: row.id, label: row.customerName, hint: row.lastText.replace(/\s+/g, ' ').slice(0, 40), keywords: `${row.labels.map(({ name }) => name).join(' ')} ${row.rep?.name ?? ''}`, run: () => open(row.id) });
  const languageOf = (language: Settings['language'], label: string): CommandChoice => ({ id: language, label, keywords: language, run: () => void app.saveSettings({ language }) });
  return [
    {
      id: 'go.conversation', labelKey: 'command.goConversation', group: 'go', shortcut: 'g c', choiceTitleKey: 'command.goConversation', run: () => app.goTo('desk'),
      choices: async () => (await connection.client.conversation.list({ limit: MOST_CONVERSATIONS }).catch(() => [])).map(choiceOf),
    },
    {
      id: 'go.settingsPage', labelKey: 'command.settingsPage', group: 'go', shortcut: null, choiceTitleKey: 'command.settingsPage', run: () => app.goTo('settings'),
      choices: ({ t }) => SETTINGS_PAGES.map(({ id, labelKey }) => ({ id, label: t(labelKey), keywords: id, run: () => app.openSettings(id) })),
    },
    {
      id: 'app.language', labelKey: 'command.language', group: 'app', shortcut: null, choiceTitleKey: 'settings.language', run: () => app.openSettings('me'),
      // each language in its own words, so that its reader finds it whatever is shown now
      choices: ({ t }) => [languageOf('system', t('settings.system')), languageOf('zh-Hans', '简体中文'), languageOf('zh-Hant', '繁體中文'), languageOf('en', 'English')],
    },
  ];
}
