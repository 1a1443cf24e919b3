import { createEvent, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { later, problem, stubApi } from '@/testing/api';
import { renderSignedIn } from '@/testing/render';
import { FindPerson } from './find-person';

const people = [
  { uuid: '1', handle: 'andrewbrown', display_name: 'Andrew Brown' },
  { uuid: '2', handle: 'bayko', display_name: 'Andrew Bayko' },
  { uuid: '3', handle: 'andreas', display_name: 'Andreas Katsulas' },
];

let api: ReturnType<typeof stubApi>;

beforeEach(() => {
  // jsdom does not scroll.
  Element.prototype.scrollIntoView = scrollIntoView;
  api = stubApi();
  api.on('GET /api/users', () => people);
});

const onChoose = vi.fn();
const scrollIntoView = vi.fn();

function setUp() {
  renderSignedIn(<FindPerson label="Write to" action="Write" except="andrewbrown" onChoose={onChoose} />);
  return {
    user: userEvent.setup(),
    input: screen.getByRole('combobox', { name: 'Write to' }),
  };
}

describe('FindPerson', () => {
  it('goes to the handle that was typed, with or without the @', async () => {
    const { user, input } = setUp();
    await user.type(input, ' @londo {Enter}');
    expect(onChoose).toHaveBeenCalledExactlyOnceWith('londo');
  });

  it('suggests other people, and asks for them once the typing pauses', async () => {
    const { user, input } = setUp();
    await user.type(input, 'and');
    const options = await screen.findAllByRole('option');
    expect(options.map((option) => option.textContent)).toEqual([
      'ABAndrew Bayko@bayko',
      'AKAndreas Katsulas@andreas',
    ]);
    expect(api.requests().map(({ line }) => line)).toEqual(['GET /api/users?q=and']);
  });

  it('takes the person chosen with the arrows', async () => {
    const { user, input } = setUp();
    await user.type(input, 'and');
    const [first, second] = await screen.findAllByRole('option');
    await user.keyboard('{ArrowDown}');
    expect(input.getAttribute('aria-activedescendant')).toBe(first?.id);
    await user.keyboard('{ArrowUp}{ArrowUp}');
    expect(input.getAttribute('aria-activedescendant')).toBe(second?.id);
    await user.keyboard('{Enter}');
    expect(onChoose).toHaveBeenCalledExactlyOnceWith('andreas');
  });

  it('takes the person that is clicked', async () => {
    const { user, input } = setUp();
    await user.type(input, 'and');
    await user.click(await screen.findByRole('option', { name: /Bayko/ }));
    expect(onChoose).toHaveBeenCalledExactlyOnceWith('bayko');
  });

  it('closes on Escape and then takes the text', async () => {
    const { user, input } = setUp();
    await user.type(input, 'and');
    await screen.findAllByRole('option');
    await user.keyboard('{ArrowDown}{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    await user.keyboard('{Enter}');
    expect(onChoose).toHaveBeenCalledExactlyOnceWith('and');
  });

  it('takes the only person that the list shows, and the one whose handle is typed in any writing', async () => {
    const { user, input } = setUp();
    api.on('GET /api/users', () => [people[1]]);
    await user.type(input, 'Andrew B');
    await screen.findByRole('option');
    await user.keyboard('{Enter}');
    expect(onChoose).toHaveBeenLastCalledWith('bayko');

    api.on('GET /api/users', () => people);
    await user.type(input, 'Andreas');
    await screen.findAllByRole('option');
    await user.keyboard('{Enter}');
    expect(onChoose).toHaveBeenLastCalledWith('andreas');
  });

  it('says that nobody is found, and goes nowhere with a text that is no handle', async () => {
    api.on('GET /api/users', () => []);
    const { user, input } = setUp();
    await user.type(input, 'Lennier of Minbar');
    await waitFor(() =>
      expect(screen.getByRole('status').textContent).toMatch(/begins with “Lennier of Minbar”/),
    );
    await user.keyboard('{Enter}');
    expect(onChoose).not.toHaveBeenCalled();
  });

  it('chooses nobody else in the place of a person who is not in the new list', async () => {
    const { user, input } = setUp();
    await user.type(input, 'and');
    await screen.findAllByRole('option');
    const answer = later();
    api.on('GET /api/users', () => answer.promise);
    await user.type(input, 'r');
    await waitFor(() => expect(api.requests()).toHaveLength(2));
    await user.keyboard('{ArrowDown}');
    answer.give([people[2]]);
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
    expect(input.getAttribute('aria-activedescendant')).toBeNull();
    await user.keyboard('{Enter}');
    expect(onChoose).not.toHaveBeenCalled();
  });

  it('brings the chosen person into view', async () => {
    const { user, input } = setUp();
    await user.type(input, 'and');
    const [first] = await screen.findAllByRole('option');
    scrollIntoView.mockClear();
    await user.keyboard('{ArrowDown}');
    expect(scrollIntoView.mock.contexts).toEqual([first]);
  });

  it('leaves the arrows to an input method that composes', async () => {
    const { user, input } = setUp();
    await user.type(input, 'and');
    await screen.findAllByRole('option');
    const arrow = createEvent.keyDown(input, { key: 'ArrowDown', keyCode: 229 });
    fireEvent(input, arrow);
    expect(arrow.defaultPrevented).toBe(false);
    expect(input.getAttribute('aria-activedescendant')).toBeNull();
  });

  it('works without suggestions', async () => {
    api.on('GET /api/users', () => problem(404));
    const { user, input } = setUp();
    await user.type(input, 'londo');
    await waitFor(() => expect(api.requests()).toHaveLength(1));
    await user.keyboard('{Enter}');
    expect(onChoose).toHaveBeenCalledExactlyOnceWith('londo');
  });
});
