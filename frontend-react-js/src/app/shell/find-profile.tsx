import { useNavigate } from 'react-router';
import { paths } from '@/config/paths';
import { FindPerson } from '@/features/users/components/find-person';

/** Finds a person and goes to their page. */
export function FindProfile() {
  const navigate = useNavigate();
  return (
    <FindPerson
      label="Handle of the person to find"
      action="Find"
      onChoose={(handle) => void navigate(paths.profile(handle))}
    />
  );
}
