import { createStore } from 'zustand/vanilla';
import type { Attachment, Evidence, EvidenceKind } from '../../../shared/contract/attachment.contract.ts';
import type { CustomerId, MessageId } from '../../../shared/contract/ids.contract.ts';
import type { Client } from '../../connection/connection.ts';
import type { LinkAddress } from './link-address.ts';
import { createImageUrls } from './image-urls.store.ts';
import { saveFile } from '../../base/file-transfer.ts';

/** Images one after the other, and which of them stands in the lightbox. */
export type Lightbox = { images: readonly Attachment[]; index: number };
export type MessageMediaState = {
  lightbox: Lightbox | null;
  /** The link the rep is asked about. */
  link: LinkAddress | null;
  /** The message to bring into view; `count` tells the same message asked for again. */
  jump: { messageId: MessageId; count: number } | null;
  evidence: { customerId: CustomerId; items: readonly Evidence[] } | null;
};

/** What messages carry besides their words, and what the rep does with it. */
export function createMessageMedia(client: Client) {
  const store = createStore<MessageMediaState>(() => ({ lightbox: null, link: null, jump: null, evidence: null }));
  let takenCount = 0;
  const take = (customerId: CustomerId, items: readonly Evidence[]): void => store.setState({ evidence: { customerId, items } });
  return {
    store,
    images: createImageUrls(client),
    /** Shows one of several images; the others are a step away. */
    showImage(images: readonly Attachment[], attachment: Attachment): void {
      store.setState({ lightbox: { images, index: Math.max(0, images.findIndex(({ id }) => id === attachment.id)) } });
    },
    stepImage(step: 1 | -1): void {
      store.setState(({ lightbox }) => (lightbox === null ? {} : { lightbox: { ...lightbox, index: (lightbox.index + step + lightbox.images.length) % lightbox.images.length } }));
    },
    hideImage: () => store.setState({ lightbox: null }),
    save: (attachment: Attachment) => saveFile(client, attachment),
    askLink: (link: LinkAddress) => store.setState({ link }),
    dropLink: () => store.setState({ link: null }),
    jumpTo: (messageId: MessageId) => store.setState(({ jump }) => ({ jump: { messageId, count: (jump?.count ?? 0) + 1 } })),
    /** The message asked for, once: a transcript shown later must not go there again. */
    takeJump(): MessageId | null {
      const { jump } = store.getState();
      if (jump === null || jump.count === takenCount) return null;
      takenCount = jump.count;
      return jump.messageId;
    },
    async loadEvidence(customerId: CustomerId): Promise<void> {
      take(customerId, await client.evidence.list({ customerId }));
    },
    async addEvidence(customerId: CustomerId, afterSaleExternalId: string, attachment: Attachment, kind: EvidenceKind): Promise<void> {
      take(customerId, await client.evidence.add({ customerId, afterSaleExternalId, attachmentId: attachment.id, kind }));
    },
    async removeEvidence(customerId: CustomerId, id: string): Promise<void> {
      take(customerId, await client.evidence.remove({ customerId, id }));
    },
  };
}
