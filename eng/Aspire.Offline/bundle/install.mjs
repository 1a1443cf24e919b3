// Installs the orchestrator (dcp) and the dashboard (managed) into a directory: node install.mjs DIR
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, run } from '../../npm/install.mjs';

const source = path.dirname(fileURLToPath(import.meta.url));
const [[cli, version]] = Object.entries(JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8')).dependencies);

await install({
  name: `Aspire's orchestrator and dashboard ${version}`,
  size: '150 MB',
  fallback: 'build with -p:AspireHosting=nuget, on a feed that carries Aspire',
  source,
  target: path.resolve(process.argv[2]),
  async unpack(staging) {
    // The CLI looks in its home for what it has unpacked, so that is where it unpacks. Without these settings it uses the
    // developer's own home, looks for a newer version of itself, and unpacks the bundle twice.
    const home = path.join(staging, 'unpacked');
    const env = { ASPIRE_HOME: home, ASPIRE_CLI_TELEMETRY_OPTOUT: '1', features__updateNotificationsEnabled: 'false' };
    await run(path.join(staging, 'node_modules', cli, 'bin', 'aspire'), ['setup', '--install-path', home], { cwd: staging, env });

    // The bundle is a link to the version's directory. The CLI itself and its download are not kept.
    return fs.realpathSync(path.join(home, 'bundle'));
  },
});
