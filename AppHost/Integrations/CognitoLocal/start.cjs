// Starts cognito-local: node start.cjs PACKAGE_DIRECTORY
//
// The package's own start script logs a stack trace for every wrong password, which buries the confirmation codes that
// developers look for. This one logs a refused request as one line, and writes the files of the pools in one step.
const { createRequire } = require('node:module');
const fs = require('node:fs');
const path = require('node:path');

const load = createRequire(path.join(process.argv[2], 'package.json'));
const pino = load('pino');
const pretty = load('pino-pretty');
const { localFileEngine: PoolFile } = load('stormdb');
const { createDefaultServer } = load('./lib/server');

// The emulator empties the file of a pool and writes it again for each change. A process that ends between the two loses all
// users, and two changes at once mix. A rename replaces the file in one step, before the request is answered.
PoolFile.prototype.write = function write(content) {
  const unfinished = `${this.path}.unfinished`;
  fs.writeFileSync(unfinished, this.serialize(content));
  fs.renameSync(unfinished, this.path);
};

// A refused request is a warning. An error is a fault of the emulator, and keeps its stack trace.
const ERROR_LEVEL = 50;
const describe = ({ level, err }) => (level >= ERROR_LEVEL ? err.stack : err.message);

const logger = pino(
  { level: process.env.DEBUG ? 'debug' : 'info' },
  pretty({
    colorize: true,
    ignore: 'time,pid,hostname,name,reqId,target,err',
    singleLine: true,
    messageFormat: (log, message) => (log.err ? `${log[message]}: ${describe(log)}` : `${log[message]}`),
  }),
);

async function start() {
  const server = await createDefaultServer(logger);
  await server.start();
  logger.info('Cognito Local is ready. Confirmation codes appear in this log.');
}

start().catch((error) => {
  console.error(error);
  process.exit(1);
});
