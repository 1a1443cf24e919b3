// Tells over HTTP, on PORT, what it was started with.
import http from 'node:http';

const body = () => JSON.stringify({ pid: process.pid, args: process.argv.slice(2), env: process.env });
http
  .createServer((request, response) => {
    const status = Number(new URL(request.url, 'http://localhost').searchParams.get('status') ?? 200);
    console.log(`served ${request.url}`);
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(body());
  })
  .listen(Number(process.env.PORT), 'localhost', () => console.log('listening'));
