import { useParams } from 'react-router';
import { NewConversation } from '@/features/messages/components/new-conversation';

export function Component() {
  const handle = (useParams().handle ?? '').replace(/^@/, '');
  return <NewConversation key={handle} handle={handle} />;
}
