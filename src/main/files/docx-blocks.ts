import mammoth from 'mammoth';
import { readFile } from 'node:fs/promises';
import type { ParsedDocument } from './document.ts';
import { htmlBlocks } from './html-blocks.ts';
import { refusedFile } from './read-item.ts';
import { damaged, openZip, type ZipLimits } from './zip.ts';

/** Blocks of a Word document: its sizes are checked as for any ZIP, then it becomes HTML without pictures. Errors as in `openZip`. */
export async function docxBlocks(path: string, fileName: string, limits?: ZipLimits): Promise<ParsedDocument> {
  const zip = await openZip(path, fileName, limits);
  const isWord = zip.names.includes('word/document.xml');
  await zip.close();
  if (!isWord) throw refusedFile(`${fileName} is not a Word document.`);
  try {
    const { value } = await mammoth.convertToHtml({ buffer: await readFile(path) }, {
      externalFileAccess: false,
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      styleMap: ["p[style-name='Title'] => h1:fresh"],
    });
    return htmlBlocks(value);
  } catch (error) {
    throw damaged(fileName, error);
  }
}
