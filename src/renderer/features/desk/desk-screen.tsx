import { useState } from 'react';
import { useTexts } from '../../base/texts.tsx';
import { ConversationPane } from './conversation-pane.tsx';
import { CustomerPanel } from './customer-panel.tsx';
import { DeskContext } from './desk-context.tsx';
import type { Desk } from './desk.store.ts';
import { Lightbox } from './lightbox.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { SearchForContext } from './message-media-context.tsx';
import { QueuePane } from './queue-pane.tsx';

export type DeskScreenProps = { desk: Desk; isQuiet: boolean; onSearch: (text?: string) => void; onGoImport: () => void; onWrite: (question: string) => void };

/** Queue, conversation, customer. */
export function DeskScreen({ desk, isQuiet, onSearch, onGoImport, onWrite }: DeskScreenProps) {
  const { t } = useTexts();
  const [isCustomerOpen, setIsCustomerOpen] = useState(false);
  return (
    <DeskContext value={desk}>
      <SearchForContext value={onSearch}>
        <div className="relative flex min-h-0 min-w-0 flex-1">
          <h1 className="sr-only">{t('nav.desk')}</h1>
          <QueuePane onSearch={() => onSearch()} onGoImport={onGoImport} />
          <ConversationPane isQuiet={isQuiet} onWrite={onWrite} onToggleCustomer={() => setIsCustomerOpen((isOpen) => !isOpen)} isCustomerOpen={isCustomerOpen} />
          <CustomerPanel isOpen={isCustomerOpen} onClose={() => setIsCustomerOpen(false)} />
        </div>
        <Lightbox />
        <LinkDialog />
      </SearchForContext>
    </DeskContext>
  );
}
