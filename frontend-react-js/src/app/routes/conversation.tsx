import { useParams } from 'react-router';
import { Conversation } from '@/features/messages/components/conversation';

export function Component() {
  const { message_group_uuid = '' } = useParams();
  return <Conversation key={message_group_uuid} messageGroupUuid={message_group_uuid} />;
}
