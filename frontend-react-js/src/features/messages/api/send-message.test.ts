import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { MessageGroup, SentMessage } from '@/lib/api/types';
import { messageGroupsQuery } from './get-message-groups';
import { showMessage } from './send-message';

const { queryKey } = messageGroupsQuery();

function group(uuid: string, minute: number): MessageGroup {
  const created_at = `2026-11-22T15:${String(minute).padStart(2, '0')}:00.000000+00:00`;
  return { uuid, handle: uuid, display_name: uuid, message: `of ${uuid}`, created_at };
}

function sentTo(uuid: string, minute: number): SentMessage {
  return { ...group('m', minute), message: 'Faith manages.', message_group_uuid: uuid };
}

function setUp() {
  const queryClient = new QueryClient();
  queryClient.setQueryData(queryKey, {
    pages: [
      { items: [group('a', 30), group('b', 20)], older: 'c', newer: undefined },
      { items: [group('c', 10)], older: undefined, newer: undefined },
    ],
    pageParams: [undefined, 'c'],
  });
  const lines = () =>
    queryClient
      .getQueryData(queryKey)
      ?.pages.map((page) => page.items.map((each) => `${each.uuid}: ${each.message}`));
  return { queryClient, lines };
}

describe('a message that was sent', () => {
  it('moves its conversation to the top, also from an older page', () => {
    const { queryClient, lines } = setUp();
    showMessage(queryClient, sentTo('c', 40));
    expect(lines()).toEqual([['c: Faith manages.', 'a: of a', 'b: of b'], []]);
  });

  it('changes nothing where the list shows a newer one', () => {
    const { queryClient, lines } = setUp();
    showMessage(queryClient, sentTo('a', 29));
    expect(lines()).toEqual([['a: of a', 'b: of b'], ['c: of c']]);
  });

  it('has a conversation fetched that is not in the list', () => {
    const { queryClient } = setUp();
    showMessage(queryClient, sentTo('new', 40));
    expect(queryClient.getQueryState(queryKey)?.isInvalidated).toBe(true);
  });
});
