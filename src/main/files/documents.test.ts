import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { titleOf } from './document.ts';
import { docxBlocks } from './docx-blocks.ts';
import { pdfBytes, temporaryFolder, writeDocx, writeZip } from './file-fixtures.ts';
import { htmlBlocks } from './html-blocks.ts';
import { markdownBlocks } from './markdown-blocks.ts';
import { pdfBlocks } from './pdf-blocks.ts';

describe('markdownBlocks', () => {
  it('keeps the words of every block', () => {
    const text = ['---', 'title: "售后手册"', '---', '# 退货', '', '七天内 **可以** [退](http://x)，运费 `10` 元。', '', '- 一', '  - 二', '', '| 问题 | 答案 |', '|---|---|', '| 能换吗？ | 能 &amp; 免费 |', '', '```', 'code <b>', '```', '', '> 引用', '', '<div>html<script>bad()</script></div>'].join('\n');
    expect(markdownBlocks(text)).toEqual({
      title: '售后手册',
      blocks: [
        { kind: 'heading', text: '退货', level: 1 },
        { kind: 'paragraph', text: '七天内 可以 退，运费 10 元。' },
        { kind: 'list-item', text: '一', level: 1 },
        { kind: 'list-item', text: '二', level: 2 },
        { kind: 'table-row', text: '问题: 能换吗？\n答案: 能 & 免费', cells: ['能换吗？', '能 & 免费'] },
        { kind: 'code', text: 'code <b>' },
        { kind: 'paragraph', text: '引用' },
        { kind: 'paragraph', text: 'html' },
      ],
    });
  });
});

describe('htmlBlocks', () => {
  it('drops scripts and styles, decodes entities, reads tables and lists', () => {
    const html = `<!doctype html><html><head><title>帮助&nbsp;中心</title><style>p{}</style></head><body><script>var a = "<p>no</p>"</script>
      <h2>退换 &amp; 运费</h2><p>第一行<br>第二 行</p><div>文<b>字</b>&#128578;</div>
      <ul><li>一<ul><li>二</li></ul></li><li><p>三</p></li></ul>
      <table><thead><tr><th>问</th><th>答</th></tr></thead><tbody><tr><td><p>能退吗</p><p>？</p></td><td>能</td></tr></tbody></table>
      <table><tr><td>a</td><td>b</td></tr></table><pre>x
  y</pre><noscript>no</noscript></body></html>`;
    expect(htmlBlocks(html)).toEqual({
      title: '帮助 中心',
      blocks: [
        { kind: 'heading', text: '退换 & 运费', level: 2 },
        { kind: 'paragraph', text: '第一行\n第二 行' },
        { kind: 'paragraph', text: '文字🙂' },
        { kind: 'list-item', text: '一', level: 1 },
        { kind: 'list-item', text: '二', level: 2 },
        { kind: 'list-item', text: '三', level: 1 },
        { kind: 'table-row', text: '问: 能退吗 ？\n答: 能', cells: ['能退吗 ？', '能'] },
        { kind: 'table-row', text: 'a | b', cells: ['a', 'b'] },
        { kind: 'code', text: 'x\n  y' },
      ],
    });
  });

  it('survives broken markup', () => {
    expect(htmlBlocks('<table><tr><td>一<td>二</table><p>尾<script>never closed')).toEqual({ title: null, blocks: [{ kind: 'table-row', text: '一 | 二', cells: ['一', '二'] }, { kind: 'paragraph', text: '尾' }] });
  });
});

describe('docxBlocks', () => {
  it('reads headings, paragraphs and tables of a real document', async () => {
    using folder = temporaryFolder();
    const paragraph = (text: string, style = '') => `<w:p>${style && `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t>${text}</w:t></w:r></w:p>`;
    const row = (...cells: string[]) => `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`;
    const file = await writeDocx(path.join(folder.path, 'a.docx'), `${paragraph('退换货', 'Heading1')}${paragraph('七天无理由 &lt;退&gt;')}${paragraph('运费', 'Heading2')}<w:tbl>${row('问', '答')}${row('谁付', '商家')}</w:tbl>`);
    expect(await docxBlocks(file, 'a.docx')).toEqual({
      title: null,
      blocks: [
        { kind: 'heading', text: '退换货', level: 1 },
        { kind: 'paragraph', text: '七天无理由 <退>' },
        { kind: 'heading', text: '运费', level: 2 },
        { kind: 'table-row', text: '问 | 答', cells: ['问', '答'] },
        { kind: 'table-row', text: '谁付 | 商家', cells: ['谁付', '商家'] },
      ],
    });
  });

  it('refuses other archives and bombs', async () => {
    using folder = temporaryFolder();
    await expect(docxBlocks(await writeZip(path.join(folder.path, 'a.docx'), { a: 'x' }), 'a.docx')).rejects.toMatchObject({ code: 'file_refused', message: 'a.docx is not a Word document.' });
    await expect(docxBlocks(await writeZip(path.join(folder.path, 'b.docx'), { 'word/document.xml': Buffer.alloc(8 * 1024 * 1024) }), 'b.docx')).rejects.toMatchObject({ code: 'file_refused' });
    await expect(docxBlocks(await writeZip(path.join(folder.path, 'c.docx'), { 'word/document.xml': '<w:document' }), 'c.docx')).rejects.toMatchObject({ code: 'file_unreadable' });
  });
});

describe('pdfBlocks', () => {
  it('reads headings and paragraphs page by page', async () => {
    using folder = temporaryFolder();
    const first = 'BT /F1 20 Tf 50 780 Td (Returns) Tj /F1 11 Tf 0 -40 Td (You may return goods within) Tj 0 -14 Td (seven days, no ques-) Tj 0 -14 Td (tions asked.) Tj 0 -40 Td (Second paragraph.) Tj ET';
    const file = folder.file('a.pdf', pdfBytes([first, 'BT /F1 11 Tf 50 780 Td (Page two.) Tj ET'], 'Handbook'));
    expect(await pdfBlocks(file, 'a.pdf')).toEqual({
      title: 'Handbook',
      blocks: [
        { kind: 'heading', text: 'Returns', level: 2, page: 1 },
        { kind: 'paragraph', text: 'You may return goods within seven days, no questions asked.', page: 1 },
        { kind: 'paragraph', text: 'Second paragraph.', page: 1 },
        { kind: 'paragraph', text: 'Page two.', page: 2 },
      ],
    });
  });

  it('says when there is no text, and when the file is damaged', async () => {
    using folder = temporaryFolder();
    await expect(pdfBlocks(folder.file('scan.pdf', pdfBytes([''])), 'scan.pdf')).rejects.toMatchObject({ code: 'file_refused', message: 'scan.pdf holds no text: it seems to be a scan.' });
    await expect(pdfBlocks(folder.file('cut.pdf', '%PDF-1.4\nnothing'), 'cut.pdf')).rejects.toMatchObject({ code: 'file_unreadable' });
  });
});

describe('titleOf', () => {
  it('prefers the named title, then the first top heading, then the file name', () => {
    const blocks = [{ kind: 'heading' as const, text: '二', level: 2 }, { kind: 'heading' as const, text: '一', level: 1 }];
    expect([titleOf({ title: ' 名 ', blocks }, 'a.md'), titleOf({ title: '', blocks }, 'a.md'), titleOf({ title: null, blocks: [] }, '退货 规则.v2.md')]).toEqual(['名', '一', '退货 规则.v2']);
  });
});
