// Installs the orchestrator (dcp) and the dashboard (managed) into a directory: node install.mjs DIR
// Whoever comes second waits for the first; what a killed run leaves behind is thrown away by the next.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const source = path.dirname(fileURLToPath(import.meta.url));
const target = path.resolve(process.argv[2]);
const stamp = path.join(target, 'installed');
const staging = `${target}.staging`;
const lock = `${target}.lock`;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function isStale() {
  try {
    const owner = Number(fs.readFileSync(lock, 'utf8'));
    return owner ? !isAlive(owner) : Date.now() - fs.statSync(lock).mtimeMs > 10_000;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

async function acquireLock() {
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isStale()) fs.rmSync(lock, { force: true });
    await sleep(300);
  }
}

// The CLI checks what it has unpacked by looking in its home, so that is where it has to unpack; a user's own home stays
// untouched. On its side it would look for a newer version of itself, and unpack the bundle a second time for that.
const unpacked = path.join(staging, 'unpacked');
const settings = { ASPIRE_HOME: unpacked, ASPIRE_CLI_TELEMETRY_OPTOUT: '1', features__updateNotificationsEnabled: 'false' };

function run(command, args, cwd) {
  try {
    execFileSync(command, args, { cwd, stdio: 'pipe', shell: process.platform === 'win32', env: { ...process.env, ...settings } });
  } catch (error) {
    if (error.code === 'ENOENT') throw Object.assign(new Error(`${command} was not found on PATH`), { isMissing: true });
    const lines = `${error.stderr ?? ''}\n${error.stdout ?? ''}`.split('\n').map((line) => line.replace(/^npm error /, '').trim()).filter(Boolean);
    const telling = lines.filter((line) => /^code |reason:/.test(line)).slice(0, 2);
    throw new Error(`'${path.basename(command)} ${args[0]}' failed (${(telling.length > 0 ? telling : lines.slice(-2)).join('; ') || error.message})`);
  }
}

function install() {
  fs.rmSync(staging, { recursive: true, force: true });
  fs.mkdirSync(staging, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) fs.copyFileSync(path.join(source, file), path.join(staging, file));
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], staging);

  const [cli] = Object.keys(JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8')).dependencies);
  run(path.join(staging, 'node_modules', cli, 'bin', 'aspire'), ['setup', '--install-path', unpacked], staging);

  // The bundle is a link into versions/: take what it points at, and leave the CLI and its download behind.
  const bundle = fs.realpathSync(path.join(unpacked, 'bundle'));
  fs.writeFileSync(path.join(bundle, 'installed'), '');
  fs.rmSync(target, { recursive: true, force: true });
  fs.renameSync(bundle, target);
}

fs.mkdirSync(path.dirname(target), { recursive: true });
await acquireLock();
try {
  if (!fs.existsSync(stamp)) install();
} catch (error) {
  console.log(error.message.includes('EBADPLATFORM')
    ? `npm has the Aspire orchestrator for Linux x64 (glibc) only: build with -p:AspireHosting=nuget on ${process.platform}-${process.arch}.`
    : `The Aspire orchestrator could not be installed from npm: ${error.message}. ${error.isMissing ? 'Install Node.js 20 or newer with npm' : 'Check the connection to the npm registry'} and build again.`);
  process.exitCode = 1;
} finally {
  fs.rmSync(staging, { recursive: true, force: true });
  fs.rmSync(lock, { force: true });
}
