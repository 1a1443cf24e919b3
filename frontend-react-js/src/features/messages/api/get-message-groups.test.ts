import { QueryClient, type InfiniteData } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Page } from '@/lib/api/client';
import type { MessageGroup } from '@/lib/api/types';
import { later, page, stubApi } from '@/testing/api';
import { messageGroupsQuery, showGroup, showLastLine } from './get-message-groups';

const query = messageGroupsQuery();

function group(uuid: string, minute: number, message = `of ${uuid}`): MessageGroup {
  const created_at = `2026-11-22T15:${minute}:00.000000+00:00`;
  return { uuid, handle: uuid, display_name: uuid, message, created_at };
}

let queryClient: QueryClient;

beforeEach(() => {
  queryClient = new QueryClient();
  queryClient.setQueryData(query.queryKey, {
    pages: [
      { items: [group('a', 30), group('b', 20)], older: 'c', newer: undefined },
      { items: [group('c', 10)], older: undefined, newer: undefined },
    ],
    pageParams: [undefined, 'c'],
  });
});

function lines() {
  const data = queryClient.getQueryData<InfiniteData<Page<MessageGroup>, string | undefined>>(query.queryKey);
  return data && query.select?.(data).map(({ uuid, message }) => `${uuid}: ${message}`);
}

describe('The list of conversations', () => {
  it('shows a new last line at the top, also of a conversation on an older page', () => {
    showGroup(queryClient, group('c', 40, 'Faith manages.'));
    expect(lines()).toEqual(['c: Faith manages.', 'a: of a', 'b: of b']);
  });

  it('shows a new conversation', () => {
    showGroup(queryClient, group('new', 40));
    expect(lines()).toEqual(['new: of new', 'a: of a', 'b: of b', 'c: of c']);
  });

  it('stays in order when events come again', () => {
    showGroup(queryClient, group('b', 25));
    expect(lines()).toEqual(['a: of a', 'b: of b', 'c: of c']);
  });

  it('keeps what an event told while the list was being read', async () => {
    const answer = later();
    stubApi().on('GET /api/message_groups', () => answer.promise);
    const reading = queryClient.infiniteQuery(query);
    showGroup(queryClient, group('b', 50, 'newer'));
    showGroup(queryClient, group('new', 51));
    answer.give(page([group('a', 30), group('b', 20)]));
    await reading;
    expect(lines()).toEqual(['new: of new', 'b: newer', 'a: of a']);
  });

  it('is read when a message went to a conversation that is not in it', () => {
    const sent = { ...group('m', 40), message_group_uuid: 'new' };
    showLastLine(queryClient, sent);
    expect(queryClient.getQueryState(query.queryKey)?.isInvalidated).toBe(true);
  });
});
