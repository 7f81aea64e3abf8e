import { z } from 'zod';
import { applyRewrites, checkReply } from '../../assist/guard/guard.ts';
import type { Command } from '../cli.types.ts';
import { answerJsonLines } from '../stdin-lines.ts';

const replySchema = z.object({ text: z.string(), allowedPii: z.array(z.string()).exactOptional(), lang: z.enum(['zh', 'en']).exactOptional() });

export const guardCommand: Command = {
  name: 'guard',
  usage: 'guard < replies.jsonl',
  summary: 'Says what a reply must not contain, and what to write instead',
  details: `Reads lines such as {"text":"…","allowedPii"?:["…"],"lang"?:"zh"|"en"} and prints for each
{"violations":[{"ruleId","kind","severity","start","end","text","rewrite"?}],"rewritten":"…"}; start and end count UTF-16 units.`,
  options: {},
  run: ({ io, signal }) =>
    answerJsonLines(io, signal, (value) => {
      const reply = replySchema.safeParse(typeof value === 'string' ? { text: value } : value);
      if (!reply.success) return { ok: false, reason: `This is not a reply such as {"text":"…"}: ${reply.error.issues.map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`).join('; ')}` };
      const { text, ...options } = reply.data;
      const violations = checkReply(text, options);
      return { ok: true, answer: { violations, rewritten: applyRewrites(text, violations) } };
    }),
};
