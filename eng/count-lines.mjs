// Counts the lines of C# in a directory that are neither blank nor comments: node eng/count-lines.mjs [directory] [--files]
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const options = process.argv.slice(2);
const directory = options.find((argument) => !argument.startsWith('--')) ?? 'eng/Aspire.Offline';

// A // or /* inside a string is no comment, so strings are matched first; a raw string may span lines.
const tokens = /"""[^]*?"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*|\/\*[^]*?\*\//g;

const files = readdirSync(directory, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.cs'))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => !/(^|[\\/])(bin|obj)[\\/]/.test(path));

const counts = files.map((path) => {
  const code = readFileSync(path, 'utf8').replace(tokens, (token) => (token.startsWith('/') ? '' : token));
  return { path: relative(directory, path), lines: code.split('\n').filter((line) => line.trim() !== '').length };
});

if (options.includes('--files')) {
  counts.sort((a, b) => b.lines - a.lines).forEach(({ path, lines }) => console.log(`${String(lines).padStart(6)}  ${path}`));
}

console.log(`${directory}: ${counts.reduce((sum, { lines }) => sum + lines, 0)} lines of code in ${counts.length} files`);
