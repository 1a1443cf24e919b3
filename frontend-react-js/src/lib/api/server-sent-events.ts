/** One event of a `text/event-stream` (WHATWG HTML, "Server-sent events"). */
export interface ServerSentEvent {
  id: string | undefined;
  /** `message` where the stream names none. */
  type: string;
  data: string;
}

/**
 * Reads events from a response body. The browser's own EventSource cannot send an Authorization header.
 * @param onActivity called for everything that arrives, heartbeats included
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  onActivity: () => void,
): AsyncGenerator<ServerSentEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onActivity();
      text += decoder.decode(value, { stream: true });
      // A blank line ends an event; a lone \r at the end may be half of a line end.
      const blocks = text.split(/\r\n\r\n|\n\n|\r\r(?!\n|$)/);
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = parseEvent(block);
        if (event) yield event;
      }
    }
  } finally {
    reader.releaseLock();
  }
}

function parseEvent(block: string): ServerSentEvent | undefined {
  const data: string[] = [];
  let id: string | undefined;
  let type = 'message';
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'data') data.push(value);
    if (field === 'event') type = value;
    if (field === 'id') id = value;
  }
  return data.length > 0 ? { id, type, data: data.join('\n') } : undefined;
}
