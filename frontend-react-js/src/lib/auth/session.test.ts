import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { personalStorage } from '../storage';
import { currentUser, signOut } from './cognito';
import { beginSession, endSession, followOtherTabs, sessionQuery } from './session';

vi.mock('./cognito', () => ({ currentUser: vi.fn(), signOut: vi.fn() }));

const person = (id: string) => ({ id, handle: id, displayName: id });
const drafts = () => JSON.stringify(sessionStorage);

let queryClient: QueryClient;
const session = () => queryClient.getQueryData(sessionQuery().queryKey);

async function signIn(id: string) {
  vi.mocked(currentUser).mockResolvedValue(person(id));
  await beginSession(queryClient);
}

/** What the browser tells the other tabs when somebody signs in or out. */
function otherTabSigns(key = 'CognitoIdentityServiceProvider.testclient.LastAuthUser') {
  window.dispatchEvent(new StorageEvent('storage', { key }));
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  queryClient = new QueryClient();
  vi.mocked(signOut).mockImplementation(() => {
    vi.mocked(currentUser).mockResolvedValue(null);
    return Promise.resolve();
  });
});

describe('Signing out', () => {
  it('leaves nothing of the person in this tab, whatever ends afterwards', async () => {
    await signIn('one');
    const storage = personalStorage('one');
    storage.set('draft.crud', 'secret');
    await endSession(queryClient, 'signed-out');
    storage.set('outbox', 'secret');
    expect(drafts()).not.toContain('secret');
    expect(session()).toEqual({ status: 'signed-out', reason: 'signed-out' });
  });

  it('keeps drafts when the session expires, until somebody else signs in', async () => {
    await signIn('one');
    personalStorage('one').set('draft.crud', 'secret');
    await endSession(queryClient, 'expired');
    expect(drafts()).toContain('secret');

    await signIn('two');
    expect(drafts()).not.toContain('secret');
    expect(session()).toMatchObject({ status: 'signed-in', isOtherPerson: true });
  });

  it('ends one session, however many requests meet the expiry', async () => {
    await signIn('one');
    const endings = [endSession(queryClient, 'expired'), endSession(queryClient, 'expired')];
    await Promise.all(endings);
    await endSession(queryClient, 'expired');
    expect(signOut).toHaveBeenCalledOnce();
  });
});

describe('Another tab', () => {
  const onOtherPerson = vi.fn();
  let stop: () => void;

  beforeEach(async () => {
    await signIn('one');
    personalStorage('one').set('draft.crud', 'secret');
    stop = followOtherTabs(queryClient, onOtherPerson);
  });

  afterEach(() => stop());

  it('where the person signs out leaves nothing here either, and is no expiry', async () => {
    localStorage.setItem('cruddur.signed-out', 'one');
    vi.mocked(currentUser).mockResolvedValue(null);
    otherTabSigns();
    await vi.waitFor(() => expect(session()).toEqual({ status: 'signed-out', reason: 'signed-out' }));
    expect(drafts()).not.toContain('secret');
  });

  it('where the session expires keeps the drafts', async () => {
    vi.mocked(currentUser).mockResolvedValue(null);
    otherTabSigns();
    await vi.waitFor(() => expect(session()).toEqual({ status: 'signed-out', reason: 'expired' }));
    expect(drafts()).toContain('secret');
  });

  it('where somebody else signs in takes them to a page of their own', async () => {
    vi.mocked(currentUser).mockResolvedValue(person('two'));
    otherTabSigns();
    await vi.waitFor(() => expect(onOtherPerson).toHaveBeenCalledOnce());
    expect(session()).toMatchObject({ user: { id: 'two' } });
    expect(drafts()).not.toContain('secret');
  });

  it('that is opened after the sign-out removes what the person left in it', async () => {
    localStorage.setItem('cruddur.signed-out', 'one');
    vi.mocked(currentUser).mockResolvedValue(null);
    queryClient = new QueryClient();
    await queryClient.query(sessionQuery());
    expect(drafts()).not.toContain('secret');
  });
});
