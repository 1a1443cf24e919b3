import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) },
  },
  // The AppHost injects the settings under the names that the front end has always had.
  envPrefix: 'REACT_APP_',
  server: {
    // Loopback only. The address rather than the name, because "localhost" may mean ::1 alone,
    // and whoever forwards to the port (the orchestrator's proxy, a health check) may use IPv4.
    host: '127.0.0.1',
    port: 3000,
    // The AppHost knows the port it asked for, so taking another one silently would hide the app from it.
    strictPort: true,
    warmup: { clientFiles: ['./src/main.tsx', './src/app/routes/*.tsx'] },
  },
  preview: { host: '127.0.0.1', port: 3000, strictPort: true },
  build: { target: 'es2023' },
  test: {
    environment: 'jsdom',
    clearMocks: true,
    unstubGlobals: true,
    env: {
      REACT_APP_BACKEND_URL: 'http://api.test',
      REACT_APP_AWS_COGNITO_REGION: 'us-east-1',
      REACT_APP_AWS_USER_POOLS_ID: 'us-east-1_Test',
      REACT_APP_CLIENT_ID: 'testclient',
    },
    setupFiles: './src/testing/setup.ts',
  },
});
