import { afterEach, expect, it } from 'vitest';
import { commands, page as browserPage } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { sampleConversations } from './testing/sample-shop.ts';
import { samplePage } from './testing/render-page.tsx';
import './style.css';
it('x', async () => {
  await browserPage.viewport(1280, 800);
  document.body.style.margin='0';
  const s = samplePage();
  const r = await render(s.element);
  await expect.element(browserPage.getByRole('listbox').first()).toBeVisible();
  await s.page.desk.open(sampleConversations()[0]!.id);
  await new Promise((d)=>setTimeout(d,500));
  await browserPage.screenshot({ path: '/tmp/shot.png' });
});
