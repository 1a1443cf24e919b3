// Installs a headless Chromium, the libraries it needs and a font into a directory: node install.mjs DIR
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import { install } from '../../../../eng/npm/install.mjs';

const source = path.dirname(fileURLToPath(import.meta.url));
const [[browser, version]] = Object.entries(JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8')).dependencies);

await install({
  name: `Chromium ${version} for the browser tests`,
  size: '70 MB',
  fallback: 'install Chromium or Chrome and put it on the PATH',
  source,
  target: path.resolve(process.argv[2]),
  async unpack(staging) {
    const packed = path.join(staging, 'node_modules', browser, 'bin');
    const unpacked = path.join(staging, 'unpacked');
    fs.mkdirSync(unpacked);

    const { extract } = createRequire(path.join(staging, 'package.json'))('tar-fs');
    const decompress = (file, output) => pipeline(fs.createReadStream(path.join(packed, file)), zlib.createBrotliDecompress(), output);
    await decompress('chromium.br', fs.createWriteStream(path.join(unpacked, 'chromium'), { mode: 0o755 }));
    await decompress('al2023.tar.br', extract(unpacked));
    await decompress('fonts.tar.br', extract(unpacked));

    // The package's own file names the directories of AWS Lambda.
    fs.copyFileSync(path.join(source, 'fonts.conf'), path.join(unpacked, 'fonts.conf'));
    return unpacked;
  },
});
