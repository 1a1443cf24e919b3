import type { components } from './schema';

/**
 * Names for the shapes of the API's JSON. The shapes themselves are generated from its OpenAPI document into
 * `schema.d.ts`; `npm run generate:api` brings that file up to date.
 */
type Schemas = components['schemas'];

/** A person as others see them. */
export type User = Schemas['UserResponse'];

/** A conversation in the person's list: the other person and the last message. */
export type MessageGroup = Schemas['MessageGroupResponse'];

/** A message of a conversation, with its sender. */
export type Message = Schemas['MessageResponse'];

/** A message to send, either into a conversation or to a person. */
export type NewMessage = Schemas['SendMessageRequest'];

/** A message that was sent, and the conversation it went to. */
export type SentMessage = Schemas['SentMessageResponse'];

/** A crud, or a reply to one. */
export type Activity = Schemas['ActivityResponse'];

/** A crud to tell. */
export type NewActivity = Schemas['CreateActivityRequest'];

/** After how long a crud is gone. */
export type Ttl = NonNullable<NewActivity['ttl']>;

/** Body of an answer that is no success, with Cruddur's error codes. */
export type ProblemDetails = Schemas['ProblemDetails'];

/** What is wrong, for programs. */
export type ErrorCode = ProblemDetails['errors'][number];

/** Events of `GET /api/events`, by their type. */
export interface LiveEvents {
  /** A message that reached one of the person's conversations, their own from elsewhere included. */
  message: SentMessage;
  /** A conversation whose last message changed. */
  message_group: MessageGroup;
}
