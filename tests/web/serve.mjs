// The program with the demo, on a database that is gone afterwards.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../../src/CareerCoordinates.Api/bin/Release/net10.0/CareerCoordinates.Api.dll');
const folder = mkdtempSync(join(tmpdir(), 'career-web-'));
const settings = ['RateLimits:SignIn', 'RateLimits:Read', 'RateLimits:List', 'RateLimits:Write'].map((one) => `--${one}=0`);
const server = spawn('dotnet', [process.env.CAREER_PROGRAM ?? program, 'demo', '--urls', `http://127.0.0.1:${process.argv[2]}`, ...settings], {
  cwd: folder,
  stdio: ['ignore', 'ignore', 'inherit'],
});
const stop = () => server.kill('SIGTERM');
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
server.on('exit', (code) => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(code ?? 0);
});
