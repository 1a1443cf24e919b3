import * as v from 'valibot';

/** Settings the AppHost injects. Read once; the rest of the app never touches `import.meta.env`. */
export interface Env {
  /** Origin of the API, without a trailing slash. */
  backendUrl: string;
  cognito: {
    region: string;
    userPoolId: string;
    clientId: string;
    /** Set for the local pool only; a real pool is found by its region. */
    endpoint: string | undefined;
  };
  /** Where the browser sends its spans; absent means no tracing. */
  otel: OtelEnv | undefined;
}

export interface OtelEnv {
  /** OTLP/HTTP endpoint without a trailing slash; spans go to `<endpoint>/v1/traces`. */
  endpoint: string;
  headers: Record<string, string>;
  serviceName: string;
  resourceAttributes: Record<string, string>;
}

export type EnvResult = { ok: true; env: Env } | { ok: false; problems: EnvProblem[] };

export interface EnvProblem {
  variable: string;
  problem: string;
}

const text = v.pipe(v.string('is not set'), v.trim(), v.nonEmpty('is not set'));
const url = v.pipe(
  text,
  v.url('is not a URL'),
  v.transform((value) => value.replace(/\/+$/, '')),
);
/** An empty value counts as absent, which is what an unset AppHost parameter becomes. */
const optional = <T extends v.GenericSchema<string, string>>(schema: T) =>
  v.optional(
    v.union([
      v.pipe(
        v.literal(''),
        v.transform(() => undefined),
      ),
      schema,
    ]),
  );

const schema = v.object({
  REACT_APP_BACKEND_URL: url,
  REACT_APP_AWS_COGNITO_REGION: text,
  REACT_APP_AWS_USER_POOLS_ID: text,
  REACT_APP_CLIENT_ID: text,
  REACT_APP_COGNITO_ENDPOINT: optional(url),
  REACT_APP_OTEL_EXPORTER_OTLP_ENDPOINT: optional(url),
  REACT_APP_OTEL_EXPORTER_OTLP_HEADERS: v.optional(v.string(), ''),
  REACT_APP_OTEL_SERVICE_NAME: v.optional(v.string(), 'frontend'),
  REACT_APP_OTEL_RESOURCE_ATTRIBUTES: v.optional(v.string(), ''),
});

/** Parses the comma-separated `key=value` lists of OTEL_* variables; values are percent-encoded. */
function parseKeyValueList(list: string): Record<string, string> {
  return Object.fromEntries(
    list
      .split(',')
      .map((pair) => pair.split('='))
      .filter(([key, ...value]) => key?.trim() && value.length > 0)
      .map(([key, ...value]) => [key?.trim(), decodeURIComponent(value.join('=').trim())]),
  ) as Record<string, string>;
}

export function parseEnv(source: Record<string, unknown>): EnvResult {
  const parsed = v.safeParse(schema, source);
  if (!parsed.success) {
    const problems = parsed.issues.map((issue) => ({
      variable: v.getDotPath(issue) ?? 'environment',
      problem: issue.received === 'undefined' ? 'is not set' : issue.message,
    }));
    return { ok: false, problems };
  }

  const vars = parsed.output;
  return {
    ok: true,
    env: {
      backendUrl: vars.REACT_APP_BACKEND_URL,
      cognito: {
        region: vars.REACT_APP_AWS_COGNITO_REGION,
        userPoolId: vars.REACT_APP_AWS_USER_POOLS_ID,
        clientId: vars.REACT_APP_CLIENT_ID,
        endpoint: vars.REACT_APP_COGNITO_ENDPOINT,
      },
      otel: vars.REACT_APP_OTEL_EXPORTER_OTLP_ENDPOINT
        ? {
            endpoint: vars.REACT_APP_OTEL_EXPORTER_OTLP_ENDPOINT,
            headers: parseKeyValueList(vars.REACT_APP_OTEL_EXPORTER_OTLP_HEADERS),
            serviceName: vars.REACT_APP_OTEL_SERVICE_NAME,
            resourceAttributes: parseKeyValueList(vars.REACT_APP_OTEL_RESOURCE_ATTRIBUTES),
          }
        : undefined,
    },
  };
}

/** What the app was started with; `main.tsx` shows the problems instead of the app when there are any. */
export const envResult = parseEnv(import.meta.env);

/** The settings, for everything that runs after `main.tsx` has found them complete. */
export function env(): Env {
  if (!envResult.ok) {
    throw new Error(`${envResult.problems.map((p) => p.variable).join(', ')} missing or wrong`);
  }
  return envResult.env;
}
