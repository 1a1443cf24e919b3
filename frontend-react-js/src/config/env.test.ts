import { describe, expect, it } from 'vitest';
import { parseEnv } from './env';

const complete = {
  REACT_APP_BACKEND_URL: 'http://localhost:4567/',
  REACT_APP_AWS_COGNITO_REGION: 'us-east-1',
  REACT_APP_AWS_USER_POOLS_ID: 'us-east-1_CruddurDev',
  REACT_APP_CLIENT_ID: 'cruddurdevclient',
};

function parsed(source: Record<string, unknown>) {
  const result = parseEnv(source);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.env;
}

describe('parseEnv', () => {
  it('reads the settings of a real pool, which has no endpoint', () => {
    expect(parsed(complete)).toEqual({
      backendUrl: 'http://localhost:4567',
      cognito: {
        region: 'us-east-1',
        userPoolId: 'us-east-1_CruddurDev',
        clientId: 'cruddurdevclient',
        endpoint: undefined,
      },
      otel: undefined,
    });
  });

  it('takes an empty optional value as absent', () => {
    const env = parsed({
      ...complete,
      REACT_APP_COGNITO_ENDPOINT: '',
      REACT_APP_OTEL_EXPORTER_OTLP_ENDPOINT: '',
    });
    expect(env.cognito.endpoint).toBeUndefined();
    expect(env.otel).toBeUndefined();
  });

  it('reads where spans go, with headers and resource attributes', () => {
    const env = parsed({
      ...complete,
      REACT_APP_OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:18890/',
      REACT_APP_OTEL_EXPORTER_OTLP_HEADERS: 'x-otlp-api-key=a1%3D,x-other=b=c',
      REACT_APP_OTEL_SERVICE_NAME: 'frontend',
      REACT_APP_OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=abcdefgh',
    });
    expect(env.otel).toEqual({
      endpoint: 'http://localhost:18890',
      headers: { 'x-otlp-api-key': 'a1=', 'x-other': 'b=c' },
      serviceName: 'frontend',
      resourceAttributes: { 'service.instance.id': 'abcdefgh' },
    });
  });

  it('names every variable that is missing, empty or malformed', () => {
    const result = parseEnv({ REACT_APP_BACKEND_URL: 'not a url', REACT_APP_CLIENT_ID: ' ' });
    expect(result).toEqual({
      ok: false,
      problems: [
        { variable: 'REACT_APP_BACKEND_URL', problem: 'is not a URL' },
        { variable: 'REACT_APP_AWS_COGNITO_REGION', problem: 'is not set' },
        { variable: 'REACT_APP_AWS_USER_POOLS_ID', problem: 'is not set' },
        { variable: 'REACT_APP_CLIENT_ID', problem: 'is not set' },
      ],
    });
  });
});
