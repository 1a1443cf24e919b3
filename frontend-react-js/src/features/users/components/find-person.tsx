import { useId, useState, type KeyboardEvent, type SubmitEvent } from 'react';
import { Avatar } from '@/components/avatar';
import { Button } from '@/components/button';
import { SearchIcon } from '@/components/icons';
import type { User } from '@/lib/api/types';
import { useDebounced } from '@/lib/use-debounced';
import { useUsers } from '../api/find-users';
import styles from './find-person.module.css';

interface FindPersonProps {
  label: string;
  /** Text of the button. */
  action: string;
  /** A handle that is not suggested: the person's own where they cannot choose themselves. */
  except?: string;
  onChoose: (handle: string) => void;
}

/**
 * Finds a person by handle or name. A combobox as the ARIA Authoring Practices describe it: the list suggests, a
 * handle typed in full works without it.
 */
export function FindPerson({ label, action, except, onChoose }: FindPersonProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);

  const handle = text.trim().replace(/^@/, '');
  const found = useUsers(useDebounced(handle, 150));
  const people = handle ? (found.data ?? []).filter((person) => person.handle !== except) : [];
  const showing = open && people.length > 0;

  const choose = (chosen: string) => {
    setText('');
    setOpen(false);
    onChoose(chosen);
  };

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const chosen = (showing && people[active]?.handle) || handle;
    if (chosen) choose(chosen);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setOpen(false);
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    // One place more than there are people: the text itself, where the arrows begin and end.
    setActive((was) => ((was + 1 + step + people.length + 1) % (people.length + 1)) - 1);
  };

  return (
    <form role="search" aria-label={label} onSubmit={onSubmit} className={styles.form}>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <span className={styles.input}>
        <SearchIcon />
        <input
          id={id}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={showing}
          aria-controls={`${id}-people`}
          aria-activedescendant={showing && active >= 0 ? `${id}-${active}` : undefined}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setOpen(true);
            setActive(-1);
          }}
          onKeyDown={onKeyDown}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          placeholder="Handle or name"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="go"
        />
      </span>
      <Button type="submit" variant="quiet" disabled={!handle}>
        {action}
      </Button>
      <ul id={`${id}-people`} role="listbox" aria-label="People" hidden={!showing} className={styles.people}>
        {people.map((person, index) => (
          <Suggestion
            key={person.uuid}
            id={`${id}-${index}`}
            person={person}
            selected={index === active}
            onChoose={() => choose(person.handle)}
          />
        ))}
      </ul>
    </form>
  );
}

interface SuggestionProps {
  id: string;
  person: User;
  selected: boolean;
  onChoose: () => void;
}

function Suggestion({ id, person, selected, onChoose }: SuggestionProps) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={selected}
      className={styles.person}
      // Before the click the input would lose focus and close the list.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <Avatar handle={person.handle} displayName={person.display_name} size="2rem" />
      <span className={styles.name}>{person.display_name}</span>
      <span className={styles.handle}>@{person.handle}</span>
    </li>
  );
}
