import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Compresses once what the server then sends many times. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle() {
      const folder = join(import.meta.dirname, 'dist', 'assets');
      for (const name of readdirSync(folder).filter((one) => /\.(js|css|svg)$/.test(one))) {
        const plain = readFileSync(join(folder, name));
        if (plain.length < 500) continue;
        writeFileSync(join(folder, `${name}.gz`), gzipSync(plain, { level: 9 }));
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(plain));
      }
    },
  };
}

/** What a worker's own page asks first, the longest answer before the others; the server puts in the framework that it serves. */
const askedFirst = [
  '/api/v1/frameworks/{framework}',
  '/api/v1/me/coordinate',
  '/api/v1/me/next-steps',
  '/api/v1/me/trajectory',
  '/api/v1/me/milestones?limit=500&include=voided',
  '/api/v1/me/record',
  '/api/v1/notice',
];

/** Writes the HTML of a worker's own page: it asks for all that the page needs at once, where a phone would wait for three ways to the server and back. */
function ownPage(): Plugin {
  return {
    name: 'own-page',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      const person = Object.keys(bundle).find((name) => name.startsWith('assets/person-'));
      const links = [
        `<link rel="modulepreload" crossorigin href="/${person}">`,
        ...askedFirst.map((address) => `<link rel="preload" as="fetch" crossorigin="anonymous" href="${address.replace('&', '&amp;')}">`),
      ];
      const page = readFileSync(join(dir!, 'index.html'), 'utf8');
      writeFileSync(join(dir!, 'mine.html'), page.replace('</head>', `  ${links.join('\n    ')}\n  </head>`));
    },
  };
}

// `npm run dev` asks the program that runs at this address.
const program = process.env.CAREER_URL ?? 'http://127.0.0.1:5080';

export default defineConfig({
  plugins: [react(), ownPage(), compressed()],
  build: {
    // What public/browser-check.js asks for.
    target: ['chrome109', 'firefox115', 'safari16.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // A page's parts come in few files: each costs a way to the server and back, and a phone's is long.
        codeSplitting: {
          groups: [
            { name: 'base', test: /node_modules|src\/(api|ui|words)\/(?!reports|admin)/ },
            { name: 'person', test: /src\/(grid|person)\/(?!Sheet|sheet|Accesses)/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target: program }, '/openapi.yaml': { target: program } } },
});
