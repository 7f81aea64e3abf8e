import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Command } from '../base/command.ts';
import { createKeyRunner } from './use-commands.ts';

let ran: string[] = [];
let runner: (event: KeyboardEvent) => void;
const command = (id: string, shortcut: string | null, more: Partial<Command> = {}): Command => ({ id, labelKey: 'command.next', group: 'queue', shortcut, run: () => void ran.push(id), ...more });
let isOff = false;
const COMMANDS = [
  command('next', 'j', { isRepeatable: true }), command('close', 'e'), command('go', 'g d'), command('settings', 'g ?'), command('open', 'Enter'), command('off', 'o', { isAvailable: () => !isOff }),
  command('search', 'Mod+f', { alsoShortcuts: ['/'], isAllowedWhileTyping: true }), command('insert', 'Alt+1', { isAllowedWhileTyping: true }), command('plain', 'F6'),
];

function press(key: string, init: KeyboardEventInit = {}, target: HTMLElement = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
}
function added(html: string): HTMLElement {
  document.body.innerHTML = html;
  return document.body.firstElementChild as HTMLElement;
}

beforeEach(() => {
  ran = [];
  isOff = false;
  runner = createKeyRunner(() => COMMANDS);
  window.addEventListener('keydown', runner);
});
afterEach(() => {
  window.removeEventListener('keydown', runner);
  document.body.innerHTML = '';
});

test('a key runs its command and is not the page’s any more', () => {
  expect([press('j').defaultPrevented, press('q').defaultPrevented]).toEqual([true, false]);
  expect(ran).toEqual(['next']);
});

describe('two keys', () => {
  test('one after the other; a Shift on the way is no key', () => {
    press('g');
    press('d');
    press('g');
    press('Shift', { shiftKey: true });
    press('?', { shiftKey: true });
    expect(ran).toEqual(['go', 'settings']);
  });
  test('a second key that fits nothing does nothing, and the next one is itself', () => {
    press('g');
    press('e');
    press('e');
    expect(ran).toEqual(['close']);
  });
});

test('a held key moves on and on, but closes once', () => {
  press('j');
  press('j', { repeat: true });
  press('e');
  expect(press('e', { repeat: true }).defaultPrevented).toBe(true);
  expect(ran).toEqual(['next', 'next', 'close']);
});

test('in a text field only what may, and never what writes there', () => {
  const field = added('<textarea></textarea>');
  for (const key of ['j', '/', 'g', 'd', 'F6', 'Enter']) press(key, {}, field);
  press('f', { ctrlKey: true }, field);
  press('1', { altKey: true, code: 'Digit1' }, field);
  expect(ran).toEqual(['search', 'insert']);
});

test('Enter on a button is the button’s', () => {
  press('Enter', {}, added('<button>x</button>'));
  press('Enter', {}, added('<div tabindex="0"></div>'));
  expect(ran).toEqual(['open']);
});

test('a command that could do nothing rests', () => {
  press('o');
  isOff = true;
  expect(press('o').defaultPrevented).toBe(false);
  expect(ran).toEqual(['off']);
});

test.each(['dialog', 'menu', 'listbox'])('an open %s takes its own keys', (role) => {
  added(`<div role="${role}" data-open></div>`);
  press('j');
  expect(ran).toEqual([]);
});

test('an input method’s key, a key that was handled', () => {
  press('j', { isComposing: true });
  press('j', { keyCode: 229 });
  const field = added('<div></div>');
  field.addEventListener('keydown', (event) => event.preventDefault());
  press('j', {}, field);
  expect(ran).toEqual([]);
});
