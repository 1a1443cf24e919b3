import { expect, it } from 'vitest';
import { inOrder } from './get-messages';

const message = (uuid: string) => ({ uuid, handle: 'a', display_name: 'A', message: uuid, created_at: '' });

it('joins pages oldest first and shows a message that two pages hold once', () => {
  const data = {
    pages: [
      { items: [message('3'), message('4')], older: 'c', newer: undefined },
      { items: [message('1'), message('2'), message('3')], older: undefined, newer: undefined },
    ],
    pageParams: [],
  };
  expect(inOrder(data).map((each) => each.uuid)).toEqual(['1', '2', '3', '4']);
});
