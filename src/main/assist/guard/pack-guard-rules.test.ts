import { expect, test } from 'vitest';
import { makePack, packBench, SMALL_PACK } from '../../packs/packs.fixture.ts';
import { checkReply, GUARD_RULES } from './guard.ts';
import { guardRulesOf } from './pack-guard-rules.ts';

const RULES = `${SMALL_PACK['rules/all.yaml']}- { id: off-platform.group, kind: guard, severity: block, patterns: { zh: ["进(?:粉丝)?团"], en: ["join our GROUP"] } }
- { id: note, kind: guard, severity: info, patterns: { zh: [今天] } }
- { id: sad, kind: risk, severity: warn, patterns: { zh: [失望] } }
`;

test('guard rules of installed packs run beside the built-in ones, and go with their pack', async () => {
  const { db, packs } = packBench();
  const found = (reply: string) => checkReply(reply, { rules: guardRulesOf(db) }).map(({ ruleId, kind, severity, text, rewrite }) => [ruleId, kind, severity, text, rewrite ?? null]);
  const reply = '慢慢來，進團有禮；今天很失望，绝对没问题。不慢慢来，不能进团。Join our group';
  const builtIn = [['promise.absolute.zh', 'over-promise', 'warn', '绝对没问题', '']];
  expect(found(reply)).toEqual(builtIn);
  const { dir } = makePack({ ...SMALL_PACK, 'rules/all.yaml': RULES });
  await packs.installNow({ path: dir });
  expect(found(reply)).toEqual([
    ['banned.slow.zh', 'banned', 'warn', '慢慢來', '马上处理'],
    ['off-platform.group.zh', 'off-platform', 'block', '進團', null],
    ...builtIn,
    ['off-platform.group.en', 'off-platform', 'block', 'Join our group', null],
  ]);
  await packs.removeNow('small');
  expect([found(reply), guardRulesOf(db).length]).toEqual([builtIn, GUARD_RULES.length]);
});
