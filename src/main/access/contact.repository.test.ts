import { expect, test } from 'vitest';
import { openTestStore } from '../db/open-test-store.ts';
import { contactsCsv, deleteContactsBefore, isLocalHost, listContacts, recordContact } from './contact.repository.ts';

const DAY_MS = 86_400_000;
const at = Date.UTC(2026, 0, 1, 8);

test('exchanges add up by host and feature, this machine is told apart, the file is safe in a spreadsheet', () => {
  const { db } = openTestStore();
  expect([listContacts(db), contactsCsv(db).lineCount]).toEqual([[], 0]);
  recordContact(db, { host: 'API.shop.example', feature: 'channel', bytesOut: 10, bytesIn: 100, at, hasFailed: false });
  recordContact(db, { host: 'api.shop.example', feature: 'channel', bytesOut: 1, bytesIn: 0, at: at + DAY_MS, hasFailed: true });
  recordContact(db, { host: '127.0.0.1:8080', feature: '=demo', bytesOut: 5, bytesIn: 5, at: at - 1, hasFailed: false });
  expect(listContacts(db)).toEqual([
    { host: 'api.shop.example', feature: 'channel', isLocal: false, contactCount: 2, failureCount: 1, bytesOut: 11, bytesIn: 100, firstAt: at, lastAt: at + DAY_MS },
    { host: '127.0.0.1:8080', feature: '=demo', isLocal: true, contactCount: 1, failureCount: 0, bytesOut: 5, bytesIn: 5, firstAt: at - 1, lastAt: at - 1 },
  ]);
  expect(contactsCsv(db)).toEqual({
    lineCount: 3,
    text: '\ufeff' + [
      'day_utc,host,is_local,feature,contacts,failures,bytes_out,bytes_in,first_utc,last_utc',
      '2026-01-02,api.shop.example,no,channel,1,1,1,0,2026-01-02T08:00:00.000Z,2026-01-02T08:00:00.000Z',
      "2026-01-01,127.0.0.1:8080,yes,'=demo,1,0,5,5,2026-01-01T07:59:59.999Z,2026-01-01T07:59:59.999Z",
      '2026-01-01,api.shop.example,no,channel,1,0,10,100,2026-01-01T08:00:00.000Z,2026-01-01T08:00:00.000Z',
      '',
    ].join('\r\n'),
  });
  expect([deleteContactsBefore(db, at + 1), listContacts(db).length]).toEqual([2, 1]);
});

test.each([['localhost', true], ['127.0.0.1', true], ['127.1.2.3:80', true], ['[::1]:9', true], ['10.0.0.1', false], ['127.0.0.1.example.com', false], ['localhost.example', false]])('%s is this machine: %s', (host, expected) => {
  expect(isLocalHost(host)).toBe(expected);
});
