// A real OpenID Connect provider on loopback, for the tests. It tells its port in the first line of its output. Beside it,
// under /test, what no provider offers: a token with any header and claims, signed by whichever key, and a change of keys.
import { generateKeyPairSync, createHmac, createPublicKey, sign, constants } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const clients = ['ada', 'disabled', 'unknown-here'];
/** The web app, at which people sign in with their browser; its addresses stand on the command line. */
const webApp = { id: 'web-app', secret: 'secret of + the web app' };
const resource = 'https://career.example/api';
const base64url = (value) => Buffer.from(value).toString('base64url');

function makeKeys(generation) {
  const make = (kid, alg, type, options) => {
    const { privateKey } = generateKeyPairSync(type, options);
    return { ...privateKey.export({ format: 'jwk' }), kid: `${kid}-${generation}`, alg, use: 'sig', privateKey };
  };
  return [
    make('rsa', 'RS256', 'rsa', { modulusLength: 2048 }),
    make('pss', 'PS256', 'rsa', { modulusLength: 2048 }),
    make('ec', 'ES256', 'ec', { namedCurve: 'P-256' }),
  ];
}

let issuer;
let generation = 0;
let keys;
let handle;
let isDown = false;
let fetches = 0;

function renew() {
  generation += 1;
  keys = makeKeys(generation);
  const provider = new Provider(issuer, {
    clients: [
      ...clients.map((id) => ({
        client_id: id,
        client_secret: 'secret',
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      })),
      {
        client_id: webApp.id,
        client_secret: webApp.secret,
        grant_types: ['authorization_code'],
        redirect_uris: ['https://career.example/sign-in', ...process.argv.slice(2)],
        response_types: ['code'],
      },
    ],
    jwks: { keys: keys.map(({ privateKey, ...jwk }) => jwk) },
    features: {
      clientCredentials: { enabled: true },
      // Whoever types a name is taken for its owner.
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, indicator) => ({
          scope: '',
          audience: indicator,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 600,
        }),
      },
    },
    // What the token says beside its subject.
    extraTokenClaims: (_, token) => ({ account_here: token.clientId }),
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  });
  handle = provider.callback();
}

function signed({ header = {}, claims = {}, key = 'rsa', unknownKey = false, hmacWithPublicKey = false }) {
  const own = (unknownKey ? makeKeys('other') : keys).find((k) => k.kid.startsWith(key));
  const now = Math.floor(Date.now() / 1000);
  const head = { alg: own.alg, typ: 'at+jwt', kid: own.kid, ...header };
  const body = { iss: issuer, aud: resource, sub: 'ada', iat: now, exp: now + 600, ...claims };
  for (const part of [head, body]) {
    for (const name of Object.keys(part)) if (part[name] === null) delete part[name];
  }
  const text = `${base64url(JSON.stringify(head))}.${base64url(JSON.stringify(body))}`;
  if (hmacWithPublicKey) {
    const pem = createPublicKey(own.privateKey).export({ type: 'spki', format: 'pem' });
    return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
  }
  if (head.alg === 'none') return `${text}.`;
  const how = { RS256: {}, PS256: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, ES256: { dsaEncoding: 'ieee-p1363' } };
  return `${text}.${sign('sha256', Buffer.from(text), { key: own.privateKey, ...how[own.alg] }).toString('base64url')}`;
}

async function bodyOf(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : {};
}

const server = createServer(async (request, response) => {
  switch (request.url) {
    case '/test/sign':
      response.end(signed(await bodyOf(request)));
      break;
    case '/test/renew':
      renew();
      response.end();
      break;
    case '/test/down':
      isDown = (await bodyOf(request)).isDown;
      response.end();
      break;
    case '/test/fetches':
      response.end(String(fetches));
      break;
    default:
      if (request.url.includes('/.well-known/')) fetches += 1;
      if (isDown) {
        request.socket.destroy();
        break;
      }
      handle(request, response);
  }
});

server.listen(0, '127.0.0.1', () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  renew();
  console.log(`listening ${issuer}`);
});

// The tests hold our input open: when they are gone, so are we.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
