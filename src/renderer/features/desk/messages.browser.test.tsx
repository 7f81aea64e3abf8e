import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import type { Attachment } from '../../../shared/contract/attachment.contract.ts';
import { messageSchema, type Message } from '../../../shared/contract/conversation.contract.ts';
import { samplePage, type SamplePage } from '../../testing/render-page.tsx';
import { sampleId } from '../../testing/sample-ids.ts';
import { SAMPLE_NOW, sampleConversations, sampleMessages, sampleSuggestions } from '../../testing/sample-shop.ts';
import '../../style.css';

const first = sampleConversations()[0]!.id;
let sample: SamplePage;

/** A real PNG with something to see on it. */
async function drawnImage(width: number, height: number, words: string): Promise<Uint8Array> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d')!;
  const sky = context.createLinearGradient(0, 0, width, height);
  sky.addColorStop(0, '#8fb8de');
  sky.addColorStop(1, '#2f4858');
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#f6ae2d';
  context.font = `${Math.round(height / 8)}px sans-serif`;
  context.fillText(words, width / 12, height / 2);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  return new Uint8Array(await blob!.arrayBuffer());
}

const remote: Attachment = { id: sampleId('A', 90) as Attachment['id'], name: 'video.mp4', mime: 'application/octet-stream', kind: 'file', byteCount: 0, width: null, height: null, state: 'remote', reason: null, url: 'https://cdn.example/v/video.mp4' };
const missing: Attachment = { ...remote, id: sampleId('A', 91) as Attachment['id'], name: '原图.tif', state: 'missing', reason: 'too_large', url: null };

/** The sample conversation with pictures, a quote, a link and numbers in it. */
async function openDesk(options: { isReplyFaulty?: boolean } = {}): Promise<HTMLTextAreaElement> {
  sample = samplePage();
  const { state } = sample.backend;
  const photos = [state.files.add('袖口破损.png', await drawnImage(800, 600, '破损处')), state.files.add('水洗标.png', await drawnImage(300, 500, 'B2311-07'))];
  const invoice = state.files.add('发票 2026-11.pdf', new Uint8Array(46_000).fill(37));
  const plain = sampleMessages(first);
  const extra = (number: number, text: string, change: Partial<Message>): Message =>
    messageSchema.parse({ id: sampleId('M', 50 + number), conversationId: first, role: 'customer', text, sentAt: SAMPLE_NOW - (60 - number) * 1000, language: 'zh', piiSpans: [], ...change });
  const messages = [
    ...plain,
    extra(1, '', { attachments: photos }),
    extra(2, '买的是这件 https://shop.example/jacket?id=7 运单SF1338821077001，订单 DD202611188200310001', { attachments: [invoice, remote, missing], replyTo: { messageId: plain[2]!.id, role: 'rep', text: plain[2]!.text } }),
  ];
  state.messages = () => messages;
  if (options.isReplyFaulty === true) sample.backend.fail('attachment.append', 'file_refused');
  await render(sample.element);
  await expect.element(browserPage.getByRole('option', { name: /林女士/ })).toBeVisible();
  await sample.page.desk.open(first);
  await expect.element(browserPage.getByRole('textbox', { name: '回复 林女士' })).toBeEnabled();
  await expect.element(browserPage.getByRole('button', { name: '查看图片 水洗标.png' })).toBeVisible();
  const field = document.querySelector<HTMLTextAreaElement>('textarea#reply')!;
  field.focus();
  return field;
}

async function paste(field: HTMLElement, files: File[], text = ''): Promise<boolean> {
  const clipboardData = new DataTransfer();
  for (const file of files) clipboardData.items.add(file);
  if (text !== '') clipboardData.setData('text/plain', text);
  return field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}
const draftNames = (): string[] => sample.backend.state.files.ofDraft(first).map(({ name }) => name);
const shownQuote = (): string | null | undefined => sample.page.desk.composer.store.getState().replyTo?.text;

beforeEach(() => browserPage.viewport(1280, 800));
afterEach(() => cleanup());

describe('files of a reply', () => {
  test('a pasted picture is a chip, goes out with the reply, and a copied table is pasted as text', async () => {
    const field = await openDesk();
    const photo = new File([(await drawnImage(300, 200, '尺码')) as BlobPart], 'image.png', { type: 'image/png' });
    expect(await paste(field, [photo], '尺码\t胸围')).toBe(true);
    expect(await paste(field, [photo])).toBe(false);
    await expect.element(browserPage.getByRole('button', { name: '移除 image.png' })).toBeVisible();
    await expect.poll(draftNames).toEqual(['image.png']);
    await browserPage.getByRole('button', { name: '发送' }).click();
    await expect.poll(() => sample.backend.state.outbox.map(({ text, attachments }) => [text, attachments?.map(({ name }) => name)])).toEqual([['', ['image.png']]]);
    await expect.element(browserPage.getByRole('button', { name: '移除 image.png' })).not.toBeInTheDocument();
    expect(draftNames()).toEqual([]);
  });

  test('one taken out comes back by undo', async () => {
    const field = await openDesk();
    await paste(field, [new File(['a,b'], 'a.csv', { type: 'text/csv' })]);
    await expect.poll(draftNames).toEqual(['a.csv']);
    await browserPage.getByRole('button', { name: '移除 a.csv' }).click();
    await expect.poll(draftNames).toEqual([]);
    await browserPage.getByRole('button', { name: /撤销/ }).first().click();
    await expect.poll(draftNames).toEqual(['a.csv']);
    await expect.element(browserPage.getByRole('button', { name: '移除 a.csv' })).toBeVisible();
  });

  test('a file that fails is told, holds the reply back and can be tried again; a file dropped anywhere is taken', async () => {
    const field = await openDesk({ isReplyFaulty: true });
    await userEvent.type(field, '请看');
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['%PDF-1.7'], '说明.pdf', { type: 'application/pdf' }));
    document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
    await expect.element(browserPage.getByText('松开即添加到这条回复')).toBeVisible();
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    await expect.element(browserPage.getByText('没传上', { exact: false }).first()).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(browserPage.getByText(/还有文件没传完/)).toBeVisible();
    expect(sample.backend.state.outbox).toEqual([]);
    sample.backend.fail('attachment.append', null);
    await browserPage.getByRole('button', { name: '重传 说明.pdf' }).click();
    await expect.poll(draftNames).toEqual(['说明.pdf']);
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => sample.backend.state.outbox.map(({ text, attachments }) => [text, attachments?.length])).toEqual([['请看', 1]]);
  });

  test('what is too large or empty is refused by name', async () => {
    const field = await openDesk();
    const large = new File([new Uint8Array(20 * 1024 * 1024 + 1)], 'large.mp4');
    await paste(field, [large, new File([], 'empty.txt')]);
    await expect.element(browserPage.getByText('large.mp4 超过 20 MB，没有添加。')).toBeVisible();
    await expect.element(browserPage.getByText('empty.txt 是空文件，没有添加。')).toBeVisible();
    expect(sample.backend.callsOf('attachment.begin')).toEqual([]);
  });

  test('files stay with their conversation', async () => {
    const field = await openDesk();
    const second = sampleConversations()[1]!.id;
    await paste(field, [new File(['a'], 'a.txt')]);
    await sample.page.desk.open(second);
    await expect.poll(draftNames).toEqual(['a.txt']);
    expect(document.querySelectorAll('[aria-label="随回复发送的文件"]')).toHaveLength(0);
    await sample.page.desk.open(first);
    await expect.element(browserPage.getByRole('button', { name: '移除 a.txt' })).toBeVisible();
  });
});

describe('pictures', () => {
  test('the lightbox zooms, turns, steps and saves by keys, and gives the focus back', async () => {
    await openDesk();
    const thumb = browserPage.getByRole('button', { name: '查看图片 袖口破损.png' });
    await thumb.click();
    const dialog = browserPage.getByRole('dialog', { name: '图片' });
    await expect.element(dialog.getByRole('img', { name: '袖口破损.png' })).toBeVisible();
    const percent = (): number => Number.parseInt([...document.querySelectorAll('[role=dialog] [role=status]')].map(({ textContent }) => textContent ?? '').find((text) => text.endsWith('%')) ?? '0', 10);
    await expect.poll(percent).toBeGreaterThan(1);
    const fitted = percent();
    await userEvent.keyboard('+');
    await expect.poll(percent).toBeGreaterThan(fitted);
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(dialog.getByRole('img', { name: '袖口破损.png' })).toBeVisible();
    await userEvent.keyboard('0');
    await expect.poll(percent).toBe(fitted);
    await userEvent.keyboard('r');
    await expect.poll(percent).not.toBe(fitted);
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(dialog.getByRole('img', { name: '水洗标.png' })).toBeVisible();
    await expect.element(dialog.getByText('第 2 张，共 2 张')).toBeVisible();
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    await userEvent.keyboard('s');
    await expect.poll(() => (saved.mock.instances[0] as HTMLAnchorElement | undefined)?.download).toBe('水洗标.png');
    saved.mockRestore();
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog).not.toBeInTheDocument();
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('查看图片 袖口破损.png');
  });

  test('one becomes evidence of a case, is listed under it, and stops being so with undo', async () => {
    await openDesk();
    await browserPage.getByRole('button', { name: '查看图片 水洗标.png' }).click();
    await browserPage.getByRole('button', { name: '标为凭证' }).click();
    await browserPage.getByRole('menuitem', { name: '面单或水洗标' }).first().click();
    await userEvent.keyboard('{Escape}');
    await expect.element(browserPage.getByText('凭证 1')).toBeVisible();
    const customerId = sampleConversations()[0]!.customerId;
    expect(sample.backend.state.files.evidence.get(customerId)?.map(({ afterSaleExternalId, kind }) => [afterSaleExternalId, kind])).toEqual([['AS1', 'label']]);
    await browserPage.getByRole('button', { name: '取消凭证 水洗标.png' }).click();
    await expect.element(browserPage.getByText('凭证 1')).not.toBeInTheDocument();
    await browserPage.getByRole('button', { name: /撤销/ }).last().click();
    await expect.element(browserPage.getByText('凭证 1')).toBeVisible();
  });
});

describe('quotes', () => {
  test('q quotes the newest of the customer, again the one before; it goes out with the reply', async () => {
    const field = await openDesk();
    field.blur();
    await userEvent.keyboard('q');
    await expect.poll(shownQuote).toContain('买的是这件');
    await userEvent.keyboard('qq');
    await expect.poll(shownQuote).toContain('我已经等了很久了');
    field.focus();
    await userEvent.type(field, '今天答复您');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => sample.backend.state.outbox.map(({ text, replyTo }) => [text, replyTo?.text.slice(0, 8)])).toEqual([['今天答复您', '衣服破了到底能不']]);
    expect(shownQuote()).toBeUndefined();
  });

  test('pressing a quote brings its message into view and marks it', async () => {
    await openDesk();
    await browserPage.getByRole('button', { name: /跳到原消息/ }).click();
    await expect.poll(() => document.querySelector('[data-index].outline-mid')?.textContent).toContain('麻烦您拍一下破损处');
    await expect.poll(() => document.querySelector('[data-index].outline-mid'), { timeout: 3000 }).toBeNull();
  });
});

describe('links and numbers', () => {
  test('a link asks with its whole address, then opens without any tie to the page', async () => {
    await openDesk();
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    await browserPage.getByRole('link', { name: /shop.example/ }).click();
    await expect.element(browserPage.getByRole('dialog', { name: '打开外部链接' }).getByText('https://shop.example/jacket?id=7')).toBeVisible();
    expect(opened).not.toHaveBeenCalled();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => opened.mock.calls).toEqual([['https://shop.example/jacket?id=7', '_blank', 'noopener,noreferrer']]);
    opened.mockRestore();
  });

  test('a number is searched for', async () => {
    await openDesk();
    await browserPage.getByRole('button', { name: '运单号 SF1338821077001' }).click();
    await browserPage.getByRole('menuitem', { name: '搜索' }).click();
    await expect.poll(() => document.querySelector<HTMLInputElement>('[role=combobox]')?.value).toBe('SF1338821077001');
  });
});

describe('several suggestions in one reply', () => {
  test('are joined, marked with their sources and settled one by one; undo takes back the last only', async () => {
    const field = await openDesk();
    const [one, , three] = sampleSuggestions(first).suggestions;
    await userEvent.keyboard('{Alt>}1{/Alt}');
    await expect.poll(() => field.value).toBe(one!.text);
    await userEvent.keyboard('{Alt>}3{/Alt}');
    await expect.poll(() => field.value).toBe(`${one!.text}\n${three!.text}`);
    await expect.element(browserPage.getByText('来自推荐，未改动：终身维修 §2 · 同类会话')).toBeVisible();
    const used = (): readonly string[] => sample.page.desk.composer.store.getState().usedIds;
    expect(used()).toEqual([one!.id, three!.id]);
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => field.value).toBe(one!.text);
    expect(used()).toEqual([one!.id]);
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await expect.poll(used).toEqual([one!.id, three!.id]);
  });
});
