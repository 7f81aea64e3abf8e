import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { About, Notice } from '../../shared/contract/trust.contract.ts';
import { DEFAULT_MODEL_ID } from '../engine/embedding-model.ts';

/** Version, licences and what the model is. What does not lie beside the program stays empty. */
export function readAbout(options: { version: string; modelsDir: string }, startDir: string = import.meta.dirname): About {
  const root = programDir(startDir);
  return {
    version: options.version,
    licence: root === undefined ? '' : readOr(path.join(root, 'LICENSE')),
    modelCard: readOr(path.join(options.modelsDir, DEFAULT_MODEL_ID, 'MODEL_CARD.md')),
    notices: root === undefined ? [] : parseNotices(readOr(path.join(root, NOTICES))),
  };
}

const NOTICES = 'THIRD-PARTY-NOTICES.md';

/** The sources, the built folder and the packed app lie at different depths below it. */
function programDir(startDir: string): string | undefined {
  for (let dir = startDir; ; dir = path.dirname(dir)) {
    if (existsSync(path.join(dir, NOTICES))) return dir;
    if (dir === path.dirname(dir)) return undefined;
  }
}

function readOr(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

const SECTION = /^## (.+)\n\n```text\n([\s\S]*?)\n```$/gm;
const PACKAGE = /^(\S+) (\S+) \((.+)\)$/;

/** One notice a package; packages that share a text are listed one by one, with it. By name. */
export function parseNotices(markdown: string): Notice[] {
  const notices = [...markdown.matchAll(SECTION)].flatMap(([, heads = '', text = '']) =>
    heads.split(/, (?=@?[\w.-]+(?:\/[\w.-]+)? \d)/).flatMap((head) => {
      const [, name, version, licence] = PACKAGE.exec(head) ?? [];
      return name === undefined || version === undefined || licence === undefined ? [] : [{ name, version, licence, text }];
    }),
  );
  return notices.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
