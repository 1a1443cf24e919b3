import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { FetchInstrumentation } from '@opentelemetry/instrumentation-fetch';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, WebTracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace-web';
import type { OtelEnv } from '@/config/env';

/**
 * Makes a span of every call to the API and hands its context on in `traceparent`. Calls to anything else
 * (Cognito, the collector itself) are neither recorded nor marked. Spans hold method, URL and status;
 * bodies and headers are never read.
 */
export function registerTracing(otel: OtelEnv, backendUrl: string): void {
  const provider = new WebTracerProvider({
    resource: resourceFromAttributes({ ...otel.resourceAttributes, 'service.name': otel.serviceName }),
    spanProcessors: [
      new BatchSpanProcessor(
        new OTLPTraceExporter({ url: `${otel.endpoint}/v1/traces`, headers: otel.headers }),
        { scheduledDelayMillis: 1000 },
      ),
    ],
  });
  provider.register();

  const backend = escapeRegExp(backendUrl);
  registerInstrumentations({
    instrumentations: [
      new FetchInstrumentation({
        propagateTraceHeaderCorsUrls: [new RegExp(`^${backend}/`)],
        // The event stream never ends, and its span would neither.
        ignoreUrls: [new RegExp(`^(?!${backend}/)`), `${backendUrl}/api/events`, `${backendUrl}/health`],
        clearTimingResources: true,
        requestHook: (span) => {
          const { attributes, name } = span as unknown as ReadableSpan;
          span.updateName(spanName(name, String(attributes['url.full'])));
        },
      }),
    ],
  });
}

/** Method and route, with placeholders for what differs between calls: `GET /api/messages/{uuid}`. */
export function spanName(method: string, url: string): string {
  const route = new URL(url).pathname
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '{uuid}')
    .replace(/@[^/]+/g, '@{handle}');
  return `${method} ${route}`;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
