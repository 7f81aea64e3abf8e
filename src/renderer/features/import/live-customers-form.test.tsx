import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { samplePage } from '../../testing/render-page.tsx';

afterEach(cleanup);

test('live customers are let in, counted and stopped', async () => {
  const sample = samplePage({ channels: [] });
  render(sample.element);
  await screen.findByRole('navigation');
  sample.page.app.goTo('import');
  await userEvent.click(await screen.findByRole('button', { name: '请顾客进店' }));
  const channels = screen.getByRole('region', { name: '渠道' });
  expect(await within(channels).findByText('已离开 0 / 20 位')).toBeTruthy();
  expect(sample.backend.callsOf('channel.startDemo').map(({ input }) => input)).toEqual([{ pace: 'normal', customerCount: 20, language: 'all' }]);
  await userEvent.click(within(channels).getByRole('button', { name: '停止' }));
  expect(await within(channels).findByText(/已停止/)).toBeTruthy();
});
