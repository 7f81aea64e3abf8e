import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { TINY } from '../conversations/attachment.fixture.ts';
import { importBench, jsonLines } from './importing.fixture.ts';

const photo = { name: '破损.png', base64: TINY.png.toString('base64') };

it('keeps files of both shapes once, and fills in one that was missing before', async () => {
  using bench = importBench();
  const turns = [{ id: 'm1', role: 'customer', text: '', at: '2025-03-04 09:00', attachments: [photo, { path: 'late.gif' }] }, { id: 'm2', role: 'rep', text: '收到', at: '2025-03-04 09:01' }];
  const file = bench.file('c.jsonl', jsonLines({ id: 'c1', turns }));
  const rows = bench.file('m.jsonl', jsonLines({ conv_id: 'c2', msg_id: '1', ts: 1_700_000_000_000, role: 'customer', author: 'lin', text: '看', attachments: [{ path: 'late.gif' }] }));
  const run = async (one: string) => {
    const { added, updated, unchanged, rejectedCount } = await bench.imports.run(one, 'conversations');
    return [added, updated, unchanged, rejectedCount];
  };
  const kept = () => bench.rows('SELECT m.external_id AS message, a.name, a.kind, a.state, a.reason FROM message_attachments x JOIN messages m ON m.id = x.message_id JOIN attachments a ON a.id = x.attachment_id ORDER BY m.seq, x.ord');
  expect([await run(file), await run(file), await run(rows)]).toEqual([[1, 0, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0]]);
  const first = { message: 'm1', name: '破损.png', kind: 'image', state: 'stored', reason: null };
  expect(kept()).toEqual([first, { message: 'm1', name: 'late.gif', kind: 'file', state: 'missing', reason: 'not_there' }, { message: '1', name: 'late.gif', kind: 'file', state: 'missing', reason: 'not_there' }]);
  writeFileSync(path.join(path.dirname(file), 'late.gif'), TINY.gif);
  expect([await run(rows), await run(rows)]).toEqual([[0, 1, 0, 0], [0, 0, 1, 0]]);
  expect(kept()[2]).toEqual({ message: '1', name: 'late.gif', kind: 'image', state: 'stored', reason: null });
  expect(bench.rows('SELECT count(*) AS count FROM attachments')).toEqual([{ count: 3 }]);
});
