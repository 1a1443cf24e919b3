import { Notice } from '@/components/notice';
import { usePageTitle } from '@/lib/use-page-title';

export function Component() {
  usePageTitle('Messages');
  return <Notice title="Choose a conversation">Or type somebody’s handle to begin a new one.</Notice>;
}
