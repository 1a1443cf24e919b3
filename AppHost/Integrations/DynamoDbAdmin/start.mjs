// Starts dynamodb-admin: node start.mjs
// The first start downloads it. A start that finds what package-lock.json describes downloads nothing.
import { execSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** When a file beside this one was last changed, in milliseconds; 0 when there is none. */
const changed = (file) => statSync(new URL(file, import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? 0;

// npm writes this file last, so that it is missing or old after an interrupted installation.
if (changed('node_modules/.package-lock.json') < changed('package-lock.json')) {
  console.log('Installing dynamodb-admin from npm (28 MB, once)...');
  execSync('npm ci', { cwd: fileURLToPath(new URL('.', import.meta.url)), stdio: 'inherit' });
}

await import('dynamodb-admin/dist/dynamodb-admin.js');
