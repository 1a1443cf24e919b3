/**
 * Shapes of the API's JSON, one to one with its OpenAPI document. This file is the only place that knows
 * them, so that types generated from the document can take its place.
 */

/** Time in UTC with microseconds, for instance `2026-11-22T15:10:17.473774+00:00`. */
export type Timestamp = string;

/** `GET /api/users/@{handle}/short` */
export interface UserShort {
  uuid: string;
  handle: string;
  display_name: string;
}

/** `GET /api/message_groups`: one conversation, named after the other person, with its last message. */
export interface MessageGroup {
  uuid: string;
  display_name: string;
  handle: string;
  message: string;
  created_at: Timestamp;
}

/** `GET /api/messages/{message_group_uuid}`: one message, with its sender. */
export interface Message {
  uuid: string;
  display_name: string;
  handle: string;
  message: string;
  created_at: Timestamp;
}

/** `POST /api/messages`: into a conversation that exists, or to a person. */
export type NewMessage =
  { message: string; message_group_uuid: string } | { message: string; handle: string };

/** Answer of `POST /api/messages`. */
export interface SentMessage extends Message {
  message_group_uuid: string;
}

/** Events of `GET /api/events`, by their type. */
export interface LiveEvents {
  /** A message that reached one of the person's conversations, their own from elsewhere included. */
  message: SentMessage;
  /** A conversation whose last message changed. */
  message_group: MessageGroup;
}

/** `application/problem+json`, with Cruddur's error codes. */
export interface ProblemDetails {
  title?: string;
  status?: number;
  detail?: string;
  errors?: string[];
}
