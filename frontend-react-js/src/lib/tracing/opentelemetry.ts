import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { FetchInstrumentation } from '@opentelemetry/instrumentation-fetch';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, WebTracerProvider } from '@opentelemetry/sdk-trace-web';
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
        ignoreUrls: [new RegExp(`^(?!${backend}/)`)],
        clearTimingResources: true,
      }),
    ],
  });
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
