// Installs programs that come as npm packages: once for the checkout, whichever build starts first.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const supported = 'linux-x64';

// The time between two lines while an installation runs, in milliseconds.
const progressInterval = 4_000;

/** This machine as .NET names it: linux-x64, linux-musl-x64, osx-arm64, win-x64. */
function platform() {
  process.report.excludeNetwork = true;
  const isMusl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
  return `${{ darwin: 'osx', win32: 'win' }[process.platform] ?? process.platform}${isMusl ? '-musl' : ''}-${process.arch}`;
}

/** Runs a program to its end. Throws an error of one line when it fails. */
export async function run(command, args, { cwd, env }) {
  try {
    await promisify(execFile)(command, args, { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error(`${command} was not found on the PATH`);
    const output = `${error.stderr ?? ''}\n${error.stdout ?? ''}`;
    const lines = output.split('\n').map((line) => line.replace(/^npm error /, '').trim()).filter(Boolean);
    const causes = lines.filter((line) => /^code |reason:/.test(line)).slice(0, 2);
    const reason = (causes.length > 0 ? causes : lines.slice(-2)).join('; ') || error.message;
    throw new Error(`'${path.basename(command)} ${args[0]}' failed (${reason})`);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function isStale(lock) {
  try {
    const owner = Number(fs.readFileSync(lock, 'utf8'));
    return owner ? !isAlive(owner) : Date.now() - fs.statSync(lock).mtimeMs > 10_000;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

async function acquire(lock) {
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isStale(lock)) fs.rmSync(lock, { force: true });
    await sleep(300);
  }
}

/**
 * Runs `npm ci` on a copy of a package.json and its lock file, and keeps what `unpack` makes of it.
 * A second build waits for the first. What a killed build leaves behind is removed by the next one.
 * A failure is one line on standard error and exit code 1.
 * @param {object} program
 * @param {string} program.name The program, as the lines for the developer name it.
 * @param {string} program.size How much is downloaded.
 * @param {string} program.fallback What to do on a platform that the packages are not built for.
 * @param {string} program.source The directory of package.json.
 * @param {string} program.target The directory to install to. The file `installed` in it is written last.
 * @param {(staging: string) => Promise<string>} program.unpack Gets the directory of node_modules, returns the directory to keep.
 */
export async function install({ name, size, fallback, source, target, unpack }) {
  const staging = `${target}.staging`;
  const lock = `${target}.lock`;
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1);

  if (platform() !== supported) {
    console.error(`npm has ${name} for ${supported} (glibc) only, and this is ${platform()}: ${fallback}.`);
    process.exitCode = 1;
    return;
  }

  fs.mkdirSync(path.dirname(target), { recursive: true });
  const progress = setInterval(() => console.log(`Still installing ${name}, for ${seconds()} s...`), progressInterval).unref();
  await acquire(lock);
  try {
    if (fs.existsSync(path.join(target, 'installed'))) return;

    console.log(`Installing ${name} from npm (${size}, once)...`);
    fs.rmSync(staging, { recursive: true, force: true });
    fs.mkdirSync(staging, { recursive: true });
    for (const file of ['package.json', 'package-lock.json']) fs.copyFileSync(path.join(source, file), path.join(staging, file));
    await run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], { cwd: staging });

    const unpacked = await unpack(staging);
    fs.writeFileSync(path.join(unpacked, 'installed'), '');
    fs.rmSync(target, { recursive: true, force: true });
    fs.renameSync(unpacked, target);
    console.log(`Installed ${name} in ${seconds()} s.`);
  } catch (error) {
    const fix = 'Check npm and its connection to the registry, then build again.';
    console.error(`${name} could not be installed from npm: ${error.message}. ${fix}`);
    process.exitCode = 1;
  } finally {
    clearInterval(progress);
    fs.rmSync(staging, { recursive: true, force: true });
    fs.rmSync(lock, { force: true });
  }
}
