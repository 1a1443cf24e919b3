import { env } from '@/config/env';

let ready: Promise<void> | undefined;

/**
 * Starts tracing when the AppHost has said where spans go. The SDK is a chunk of its own; a page
 * without tracing never loads it. Resolves at once where there is nothing to wait for, and never rejects:
 * an app that cannot be traced still works.
 */
export function tracingReady(): Promise<void> {
  ready ??= start();
  return ready;
}

async function start(): Promise<void> {
  const { otel, backendUrl } = env();
  if (!otel) return;
  try {
    const { registerTracing } = await import('./opentelemetry');
    registerTracing(otel, backendUrl);
  } catch (error) {
    console.warn('Tracing could not be started.', error);
  }
}
