import { useParams } from 'react-router';
import { NewConversation } from '@/features/messages/components/new-conversation';
import { normalizeHandle } from '@/lib/handles';
import { useUserByHandle } from '@/features/users/api/get-user';

export function Component() {
  const handle = normalizeHandle(useParams().handle ?? '');
  const person = useUserByHandle(handle);
  return <NewConversation key={handle} handle={handle} person={person} />;
}
