import { createEvent, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { writeDraft } from '@/lib/drafts';
import { renderSignedIn } from '@/testing/render';
import { Composer } from './composer';

const onSend = vi.fn();
let coarsePointer: boolean;

beforeEach(() => {
  sessionStorage.clear();
  coarsePointer = false;
  vi.stubGlobal('matchMedia', () => ({ matches: coarsePointer }));
});

function setUp(initial = '', layout: 'line' | 'block' = 'line') {
  writeDraft('u1', 'test', initial);
  renderSignedIn(
    <Composer
      draft="test"
      onSend={onSend}
      label="Message"
      placeholder=""
      submit="Send"
      layout={layout}
      autoFocus
    />,
  );
  return {
    user: userEvent.setup(),
    input: screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }),
    button: screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }),
  };
}

describe('Composer', () => {
  it('sends the trimmed text on Enter', async () => {
    const { user } = setUp();
    await user.keyboard('  Hello {Enter}');
    expect(onSend).toHaveBeenCalledExactlyOnceWith('Hello');
  });

  it('makes a new line on Shift+Enter', async () => {
    const { user, input } = setUp();
    await user.keyboard('a{Shift>}{Enter}{/Shift}b');
    expect(input.value).toBe('a\nb');
    expect(onSend).not.toHaveBeenCalled();
  });

  it('leaves Enter to the text on a touch keyboard', async () => {
    coarsePointer = true;
    const { user, input, button } = setUp();
    expect(document.activeElement).not.toBe(input);
    await user.type(input, 'a{Enter}b');
    expect(input.value).toBe('a\nb');
    await user.click(button);
    expect(onSend).toHaveBeenCalledExactlyOnceWith('a\nb');
  });

  it('leaves Enter to the text in a block, and sends on Ctrl+Enter', async () => {
    const { user, input } = setUp('', 'block');
    await user.keyboard('a{Enter}b');
    expect(input.value).toBe('a\nb');
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(onSend).toHaveBeenCalledExactlyOnceWith('a\nb');
  });

  it.each([
    ['while it composes', { isComposing: true }],
    ['in Safari, which has ended the composition by then', { keyCode: 229 }],
  ])('leaves Enter to an input method %s', (_, composing) => {
    const { input } = setUp('変換');
    const enter = createEvent.keyDown(input, { key: 'Enter', ...composing });
    fireEvent(input, enter);
    expect(onSend).not.toHaveBeenCalled();
    expect(enter.defaultPrevented).toBe(false);
  });

  it('continues a draft at its end', async () => {
    const { user, input } = setUp('It is ');
    await user.keyboard('raining');
    expect(input.value).toBe('It is raining');
  });

  it('shows text in the direction of its writing', () => {
    expect(setUp('مرحبا').input.dir).toBe('auto');
  });

  it('counts only when the text is nearly too long', () => {
    setUp('x'.repeat(800));
    expect(screen.queryByText(/1024/)).toBeNull();
  });

  it('does not send blanks', async () => {
    const { user, button } = setUp(' \n ');
    expect(button.disabled).toBe(true);
    await user.keyboard('{Enter}');
    expect(onSend).not.toHaveBeenCalled();
  });

  it('counts code points: 1024 emoji are as long as 1024 letters', async () => {
    const { user } = setUp('🪐'.repeat(1024));
    screen.getByText('1024 / 1024');
    await user.keyboard('{Enter}');
    expect(onSend).toHaveBeenCalledOnce();
  });

  it('says by how much a text is too long and does not send it', async () => {
    const { user, input, button } = setUp('x'.repeat(1030));
    expect(screen.getByRole('alert').textContent).toBe('6 characters too many. Shorten it to send it.');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(button.disabled).toBe(true);
    await user.keyboard('{Enter}');
    expect(onSend).not.toHaveBeenCalled();
  });
});
