import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { importBench } from './importing.fixture.ts';
import { TABLES_OF_KIND } from './column-mapping.ts';
import { CONVERSATION_FIELDS, TURN_FIELDS } from './conversation.fields.ts';
import type { FieldTable } from './field-table.ts';

const page = readFileSync(path.join(import.meta.dirname, '../../../docs/formats.md'), 'utf8');

/** A field table as the page shows it. */
function fieldTableMarkdown(table: FieldTable): string {
  const rows = Object.entries(table).map(([name, { isRequired, expects, aliases }]) => `| \`${name}\` | ${isRequired ? 'yes' : ''} | ${expects} | ${aliases.join(', ')} |`);
  return ['| field | needed | what | also read |', '|---|---|---|---|', ...rows].join('\n');
}

it('docs/formats.md shows every field table as it is', () => {
  for (const table of [CONVERSATION_FIELDS, TURN_FIELDS, ...Object.values(TABLES_OF_KIND).flat()]) expect(page).toContain(`\n${fieldTableMarkdown(table)}\n`);
});

it('the examples of docs/formats.md can be imported as they stand', async () => {
  using bench = importBench();
  const sections = { Conversations: 'conversations', Knowledge: 'knowledge', Macros: 'macros', Orders: 'orders', Products: 'products', Promotions: 'promotions', 'After-sale cases': 'after-sales', Reviews: 'reviews' } as const;
  const results: [string, number, number][] = [];
  for (const [title, kind] of Object.entries(sections)) {
    const section = page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
    for (const [index, [, format, example]] of [...section.matchAll(/```(json|csv)\n([\s\S]*?)```/g)].entries()) {
      const file = bench.file(`${kind}-${index}.${format === 'json' ? 'jsonl' : 'csv'}`, example ?? '');
      const report = await bench.imports.run(file, kind);
      results.push([`${kind} ${format}`, report.added + report.updated + report.unchanged, report.rejectedCount]);
    }
  }
  expect(results).toEqual([
    ['conversations json', 1, 0], ['conversations json', 1, 0], ['conversations csv', 1, 0], ['conversations json', 1, 0], ['knowledge csv', 1, 0], ['macros csv', 1, 0], ['orders csv', 1, 0], ['products json', 1, 0], ['promotions csv', 1, 0], ['after-sales csv', 1, 0], ['reviews csv', 1, 0],
  ]);
});
