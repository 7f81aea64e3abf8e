import { readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PackProblem } from '../../shared/contract/pack.contract.ts';
import { problemLine } from './pack.service.ts';
import { makePack, packBench, SMALL_PACK } from './packs.fixture.ts';
import { parseYaml } from './yaml-file.ts';

async function problemsOf(change: Readonly<Record<string, string | null>>): Promise<string[]> {
  const { dir, put } = makePack();
  put(change);
  return (await packBench().packs.check({ path: dir })).map(problemLine);
}

const macro = (text: string): Record<string, string> => ({ 'macros/all.yaml': text });
const article = (front: string, body = '正文\n'): Record<string, string> => ({ 'articles/zh/returns.md': `---\n${front}\n---\n${body}` });
const rule = (lines: string): Record<string, string> => ({ 'rules/all.yaml': `- id: one\n  kind: guard\n  severity: warn\n${lines}` });

describe('check', () => {
  test('a right pack has no problem', async () => expect(await problemsOf({ 'README.md': 'x', '.hidden': 'x' })).toEqual([]));

  test.each<[string, Record<string, string | null>, string[]]>([
    ['no manifest', { 'pack.yaml': null }, ['pack.yaml:1: there is no pack.yaml; add one with name, version, title, languages and licence']],
    ['a manifest with everything wrong', { 'pack.yaml': 'name: My Pack\nversion: 1\ntitle: Small\nlanguages: [zh, fr]\nlicense: MIT\npermissions: [net]\n' }, [
      'pack.yaml:1: name: this is not a kebab-case name; use small letters, digits and single dashes, such as size-advice',
      'pack.yaml:1: licence: it is missing; add it',
      'pack.yaml:2: version: 1 is not read as text; put it in quotes',
      'pack.yaml:3: title: this must be fields with values; write it so',
      'pack.yaml:4: languages.1: this is none of zh, en; choose one of them',
      'pack.yaml:5: there is no field license here; correct its name or take it out',
      'pack.yaml:6: permissions: packs are given no permissions yet; leave the list empty',
    ]],
    ['a date that is none', { 'pack.yaml': `${SMALL_PACK['pack.yaml']}reference_date: 2026-02-30\n` }, ['pack.yaml:6: reference_date: this is not a date; write it as 2026-06-01']],
    ['a required pack that is nowhere', { 'pack.yaml': `${SMALL_PACK['pack.yaml']}requires: [absent]\n` }, ['pack.yaml:6: requires: absent is neither installed nor beside this pack; install it first']],
    ['YAML that is none', macro('- code: [hi\n  title: x\n'), expect.arrayContaining([expect.stringMatching(/^macros\/all\.yaml:2: this is not the YAML that packs use \(.+\); check indentation, quotes and colons here$/)]) as string[]],
    ['a key twice', macro('- code: hi\n  code: ho\n'), ['macros/all.yaml:2: this is not the YAML that packs use (Map keys must be unique); check indentation, quotes and colons here']],
    ['a tag', macro('!!js/function x\n'), expect.arrayContaining([expect.stringContaining('macros/all.yaml:1: this is not the YAML')]) as string[]],
    ['aliases', macro('- &a x\n- *a\n'), ['macros/all.yaml:1: aliases (&name, *name) are not read; write the text out where it is needed']],
    ['a list that is none', macro('code: hi\n'), ['macros/all.yaml:1: this must be a list; write it so']],
    ['a macro without its twin, with an unknown intent and no such media', macro('- code: ok\n  title: { zh: 好, en: Ok }\n  text: { zh: 好, en: Ok }\n- code: hi\n  title: { zh: 好, en: Ok }\n  text:\n    zh: 好\n  intent: none\n  media: media/none.svg\n'), [
      'macros/all.yaml:6: text.en: it is missing; write it, or take en out of languages in pack.yaml',
      'macros/all.yaml:8: intent: there is no intent none; correct it, or add the pack that brings it to requires',
      'macros/all.yaml:9: media: there is no media/none.svg in this pack; add it or correct the path',
    ]],
    ['a template that is none', macro('- code: hi\n  title: { zh: 好, en: Ok }\n  text:\n    zh: 好\n    en: "{{ a"\n'), ['macros/all.yaml:5: text.en: this is not a template that can be filled in (output "{{" not closed); correct the braces']],
    ['a code twice, once as a twin', macro('- code: hi\n  title: { zh: 好, en: Ok }\n  text: { zh: 好, en: Ok }\n- code: hi.en\n  title: { zh: 好, en: Ok }\n  text: { zh: 好, en: Ok }\n'), ['macros/all.yaml:4: code: hi.en is used in macros/all.yaml:1 already; give this one another']],
    ['an article without front matter', { 'articles/zh/returns.md': '# 退货\n' }, ['articles/zh/returns.md:1: the article does not begin with --- and its title; write ---, title: …, --- above the text', 'articles/en/returns.md:2: its twin articles/zh/returns.md is missing; write it, or take zh out of languages in pack.yaml'].toSorted()],
    ['an article with a wrong field and no text', article('title: 退货\nintents: [returns]', ''), ['articles/en/returns.md:2: its twin articles/zh/returns.md is missing; write it, or take zh out of languages in pack.yaml', 'articles/zh/returns.md:3: there is no field intents here; correct its name or take it out']],
    ['an article that ends before it begins', article('title: 退货\nvalid_from: 2026-02-02\nvalid_to: 2026-02-01'), ['articles/zh/returns.md:4: valid_to is before valid_from; correct one of them']],
    ['an empty article', article('title: 退货', '\n'), expect.arrayContaining(['articles/zh/returns.md:4: the article has no text; write it below the ---']) as string[]],
    ['an intent with a slot twice', { 'intents/all.yaml': SMALL_PACK['intents/all.yaml']!.replace('  examples', '    - { name: order, type: colour, ask: { zh: 哪单, en: Which } }\n  examples') }, expect.arrayContaining([expect.stringContaining('intents/all.yaml:5: slots.1.type: this is none of order, item')]) as string[]],
    ['a rule without patterns', rule('  patterns: {}\n'), ['rules/all.yaml:4: patterns: there is none; write at least one']],
    ['a repeat inside a repeat', rule('  patterns:\n    zh:\n      - 好\n      - (好+)+\n'), ['rules/all.yaml:7: patterns.zh: a repeat stands inside a repeat, which can take for ever; repeat only one of them']],
    ['files that have no place', { 'notes.txt': 'x', 'macros/a.yml': 'x', 'articles/zh/A b.md': 'x', 'scripts/run.js': 'x' }, [
      'articles/zh/A b.md:1: this name has no place here; articles are articles/zh/name.md or articles/en/name.md, the name in small letters, digits and dashes',
      'macros/a.yml:1: this name has no place here; only .yaml files lie in macros',
      'notes.txt:1: a pack has no such file; its files are pack.yaml and the folders intents, macros, rules, articles, media, shop, customers',
      'scripts/run.js:1: a pack has no such file; its files are pack.yaml and the folders intents, macros, rules, articles, media, shop, customers',
    ]],
    ['drawings with code in them', { 'media/card.svg': '<svg xmlns="http://www.w3.org/2000/svg">\n<g onclick="x()"/></svg>', 'media/b.svg': '<svg><image href="https://x.example/a.png"/></svg>', 'media/c.svg': '<html></html>', 'media/d.png': 'no' }, [
      'media/b.svg:1: the drawing holds a link to something outside; take it out',
      'media/c.svg:1: the file does not begin with <svg; save it as plain SVG',
      'media/card.svg:2: the drawing holds an event handler; take it out',
      'media/d.png:1: the bytes are not those of a PNG; save it as one',
    ]],
  ])('%s', async (_what, change, expected) => {
    expect(await problemsOf(change)).toEqual(expected);
  });

  test('text that is not UTF-8, and links', async () => {
    const { dir } = makePack();
    writeFileSync(path.join(dir, 'rules/all.yaml'), Buffer.from([0x2d, 0x20, 0xc4, 0xe3]));
    symlinkSync('/etc/hostname', path.join(dir, 'articles/zh/host.md'));
    expect((await packBench().packs.check({ path: dir })).map(problemLine)).toEqual(['articles/zh/host.md:1: this is a link or a device; put a plain file here', 'rules/all.yaml:1: the file is not UTF-8; save it as UTF-8']);
  });

  test('a pack in one language needs no twins', async () => {
    expect(await problemsOf({ 'pack.yaml': SMALL_PACK['pack.yaml']!.replace('[zh, en]', '[zh]'), 'articles/en/returns.md': null })).toEqual([]);
  });

  test('nothing there', async () => {
    await expect(packBench().packs.check({ path: '/nonexistent' })).rejects.toMatchObject({ code: 'file_unreadable' });
    await expect(packBench().packs.check({ name: '../x' })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('more than fits into memory is refused before it is read', async () => {
    const { dir, put } = makePack();
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      put({ [`shop/${name}.jsonl`]: '' });
      truncateSync(path.join(dir, `shop/${name}.jsonl`), 60 * 1024 * 1024);
    }
    await expect(packBench().packs.check({ path: dir })).rejects.toMatchObject({ code: 'file_refused', message: 'The folder holds 301 MB; a pack has at most 256 MB.' });
  });
});

test('any text is either YAML or a problem with a line of it', () => {
  const piece = fc.constantFrom('- ', 'a: ', '\n', '  ', '"', '[', '{', '&x ', '*x', '!t ', '---\n', '|', '好', '#');
  fc.assert(fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 20 }), (pieces) => {
    const problems: PackProblem[] = [];
    const text = pieces.join('');
    const yaml = parseYaml(text, 'x.yaml', problems, 2);
    expect(yaml === null).toBe(problems.length > 0);
    for (const { line } of problems) expect(line >= 1 && line <= text.split(/\r\n|\r|\n/).length + 3).toBe(true);
  }), { numRuns: 300 });
});

test('the examples of docs/formats.md make a right pack', async () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../../docs/formats.md'), 'utf8');
  const examples = [...(page.split('\n## Packs\n')[1] ?? '').split('\n### The demo shop\n')[0]!.matchAll(/```(?:yaml|markdown)\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
  const [manifest = '', intents = '', macros = '', article = '', rules = ''] = examples;
  const { dir } = makePack({
    'pack.yaml': manifest.replace('[core-service]', '[]'), 'intents/all.yaml': intents, 'macros/all.yaml': macros.replace('pole.png', 'pole.svg'), 'articles/zh/pole.md': article, 'articles/en/pole.md': article, 'rules/all.yaml': rules,
    'media/pole.svg': SMALL_PACK['media/card.svg']!,
  });
  expect([examples.length, (await packBench().packs.check({ path: dir })).map(problemLine)]).toEqual([5, []]);
});
