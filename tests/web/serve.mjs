// The program with the demo, on a database that is gone afterwards, and an OpenID Connect issuer at which one can sign in.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../../src/CareerCoordinates.Api/bin/Release/net10.0/CareerCoordinates.Api.dll');
const folder = mkdtempSync(join(tmpdir(), 'career-web-'));
const settings = ['RateLimits:SignIn', 'RateLimits:Read', 'RateLimits:List', 'RateLimits:Write'].map((one) => `--${one}=0`);
const port = process.argv[2];
const page = `http://127.0.0.1:${port}/sign-in`;
const provider = spawn('node', ['provider.mjs', page], { cwd: join(import.meta.dirname, '../oidc'), stdio: ['pipe', 'pipe', 'inherit'] });
const issuer = await new Promise((resolve, reject) => {
  provider.stdout.on('data', (said) => /listening (\S+)/.test(said) && resolve(/listening (\S+)/.exec(said)[1]));
  provider.on('exit', () => reject(new Error('The OpenID Connect provider did not start; was npm ci run in tests/oidc?')));
});
const client = { Issuer: issuer, Audience: 'https://career.example/api', ClientId: 'web-app', ClientSecret: 'secret of + the web app', RedirectUri: page };
settings.push(...Object.entries(client).map(([name, value]) => `--OpenIdConnect:${name}=${value}`));
const server = spawn('dotnet', [process.env.CAREER_PROGRAM ?? program, 'demo', '--urls', `http://127.0.0.1:${port}`, ...settings], {
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
