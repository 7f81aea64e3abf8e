import { useTexts } from '../../base/texts.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { Overlay } from '../../ui/overlay.tsx';
import { AssignPicker } from './assign-picker.tsx';
import { ClosePicker } from './close-picker.tsx';
import { useDesk, useWork } from './desk-context.tsx';
import { HandoverDialog } from './handover-dialog.tsx';
import { LabelPicker } from './label-picker.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { SnoozePicker } from './snooze-picker.tsx';

/** The dialog that a key or a button asked for, if any. */
export function WorkDialogs() {
  const { t } = useTexts();
  const desk = useDesk();
  const dialog = useWork((state) => state.dialog);
  const setup = useWork((state) => state.setup);
  const failure = useWork((state) => state.setupFailure);
  const onClose = (): void => desk.work.hide();
  if (dialog === null) return null;
  if (dialog.kind === 'note') return <NoteDialog conversationId={dialog.conversationId} note={dialog.note} onClose={onClose} />;
  if (dialog.kind === 'snooze') return <SnoozePicker conversationIds={dialog.conversationIds} onClose={onClose} />;
  if (setup === null) {
    return (
      <Overlay title={t('state.loading')} onClose={onClose}>
        {failure === null ? <LoadingLines /> : <FailureNotice text={t('work.setupFailed')} failure={failure} onRetry={() => void desk.work.readSetup()} />}
      </Overlay>
    );
  }
  switch (dialog.kind) {
    case 'close':
      return <ClosePicker conversationIds={dialog.conversationIds} onClose={onClose} />;
    case 'label':
      return <LabelPicker conversationIds={dialog.conversationIds} onClose={onClose} />;
    case 'assign':
      return <AssignPicker conversationIds={dialog.conversationIds} onClose={onClose} />;
    case 'handover':
      return <HandoverDialog conversationId={dialog.conversationId} onClose={onClose} />;
  }
}
