import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conversationIdSchema } from './contract/ids.contract.ts';
import { conversationLink, parseConversationHash, parseConversationLink } from './deep-link.ts';

const id = conversationIdSchema.parse('01J0000000000000000000000A');

test('a link leads to the conversation it was made of, also in capitals, lower case or with a slash', () => {
  expect([conversationLink(id), `${conversationLink(id)}/`, conversationLink(id).toLowerCase(), `DESKMATE://conversation/${id}`].map(parseConversationLink)).toEqual([id, id, id, id]);
  expect(parseConversationHash(`#conversation/${id}`)).toBe(id);
});

test.each(['', 'deskmate://', 'deskmate://conversation/', 'deskmate://conversation/x', `deskmate://conversation/${id}/more`, `deskmate://conversation/${id}?a=1`, `deskmate://settings/${id}`, `https://conversation/${id}`, ` deskmate://conversation/${id}`, `deskmate://conversation/${id}\n--inspect`])('%j is refused', (address) => {
  expect(parseConversationLink(address)).toBeNull();
});

test('nothing but 26 letters and digits of an id comes out, whatever goes in', () => {
  fc.assert(fc.property(fc.string(), (rest) => { expect(parseConversationLink(`deskmate://conversation/${rest}`) ?? '0'.repeat(26)).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/); }));
  fc.assert(fc.property(fc.string(), (hash) => { expect(hash.startsWith('#conversation/') || parseConversationHash(hash) === null).toBe(true); }));
});
