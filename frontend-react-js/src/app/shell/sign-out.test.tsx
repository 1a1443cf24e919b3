import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { MessagesContext } from '@/features/messages/messages-context';
import { Outbox } from '@/features/messages/outbox';
import { endSession } from '@/lib/auth/session';
import { personalStorage } from '@/lib/storage';
import { renderSignedIn } from '@/testing/render';
import { SignOut } from './sign-out';

vi.mock('@/lib/auth/session', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  endSession: vi.fn(() => Promise.resolve()),
}));

beforeEach(() => {
  sessionStorage.clear();
  // jsdom has no dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

function setUp(unsent: string[]) {
  const outbox = new Outbox({ send: () => new Promise(() => undefined), storage: personalStorage('u1') });
  for (const text of unsent) outbox.add({ handle: 'londo' }, text);
  renderSignedIn(
    <MessagesContext value={{ outbox, pollInterval: false }}>
      <SignOut className={undefined} />
    </MessagesContext>,
  );
  return userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
}

it('Sign out ends the session when nothing is unsent', async () => {
  await setUp([]);
  expect(endSession).toHaveBeenCalledOnce();
});

it('Sign out asks before it discards messages', async () => {
  await setUp(['one', 'two']);
  screen.getByRole('dialog', { name: '2 messages are not sent yet' });
  expect(endSession).not.toHaveBeenCalled();

  await userEvent.click(screen.getByRole('button', { name: 'Stay' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(endSession).not.toHaveBeenCalled();

  await userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
  await userEvent.click(screen.getByRole('button', { name: 'Sign out and discard' }));
  expect(endSession).toHaveBeenCalledOnce();
});
