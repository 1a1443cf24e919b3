// Serves HTTP on PORT and answers with what the process was started with. Exits with code 1 where the file NEEDS is missing.
import { existsSync } from 'node:fs';
import http from 'node:http';

if (process.env.NEEDS && !existsSync(process.env.NEEDS)) {
  process.exit(1);
}

const body = () => JSON.stringify({ pid: process.pid, args: process.argv.slice(2), env: process.env });
http
  .createServer((request, response) => {
    const status = Number(new URL(request.url, 'http://localhost').searchParams.get('status') ?? 200);
    console.log(`served ${request.url}`);
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(body());
  })
  .listen(Number(process.env.PORT), 'localhost', () => console.log('listening'));
