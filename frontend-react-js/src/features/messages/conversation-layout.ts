import type { Message } from '@/lib/api/types';
import { dayKey } from '@/lib/time';

/** How far apart two messages of one person may be and still stand under one name. */
const RUN_GAP = 5 * 60_000;

export interface LaidOutMessage {
  message: Message;
  /** First of its local calendar day: a day separator stands above it. */
  startsDay: boolean;
  /** First of a run by one person: it carries name and time. */
  startsRun: boolean;
}

/** Says where separators and names go; `messages` come oldest first. */
export function layOut(messages: readonly Message[]): LaidOutMessage[] {
  return messages.map((message, index) => {
    const previous = messages[index - 1];
    const startsDay = !previous || dayKey(previous.created_at) !== dayKey(message.created_at);
    const startsRun =
      startsDay ||
      previous.handle !== message.handle ||
      Date.parse(message.created_at) - Date.parse(previous.created_at) > RUN_GAP;
    return { message, startsDay, startsRun };
  });
}
