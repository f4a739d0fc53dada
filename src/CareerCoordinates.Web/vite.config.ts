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

const framework = '/api/v1/frameworks/{framework}';
const ofReports = [
  framework,
  '/api/v1/organizations?limit=500',
  '/api/v1/organizations?kind=street-union&limit=500',
];

/** Parts of the app with HTML of their own, their chunks, and what each asks first, the longest answer before the others; the server puts in the framework that it serves. What is `plain` is for an address without a question. */
const ownPages = {
  mine: {
    chunk: 'person',
    asks: [
      framework,
      '/api/v1/me/coordinate',
      '/api/v1/me/next-steps',
      '/api/v1/me/trajectory',
      '/api/v1/me/milestones?limit=500&include=voided',
      '/api/v1/me/record',
      '/api/v1/notice',
    ],
  },
  work: { chunk: 'Home', asks: [framework] },
  people: { chunk: 'Work', asks: [framework] },
  inbox: { chunk: 'Work', asks: [framework] },
  imports: { chunk: 'Work', asks: [framework] },
  accounts: { chunk: 'Admin', asks: [framework] },
  audit: { chunk: 'Audit', asks: [framework] },
  reports: { chunk: 'Reports', asks: ofReports },
  'reports.plain': {
    chunk: 'Reports',
    asks: [
      ...ofReports,
      '/api/v1/reports/positions?groupBy=organization&organizationKind=street-union',
      '/api/v1/reports/positions',
      '/api/v1/reports/grid',
    ],
  },
};

/** Writes that HTML: it asks for all that the page needs at once, where a phone would wait for three ways to the server and back. */
function ownHtml(): Plugin {
  return {
    name: 'own-html',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      const page = readFileSync(join(dir!, 'index.html'), 'utf8');
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
      for (const [name, { chunk, asks }] of Object.entries(ownPages)) {
        const own = chunks.find((one) => one.name === chunk);
        if (!own) throw new Error(`There is no chunk ${chunk} for ${name}.html`);
        const parts = [own];
        for (const part of parts) parts.push(...chunks.filter((one) => part.imports.includes(one.fileName) && !parts.includes(one) && !page.includes(one.fileName)));
        const styles = parts.flatMap((one) => [...(one.viteMetadata?.importedCss ?? [])]).filter((file) => !page.includes(file));
        const links = [
          ...styles.map((file) => `<link rel="stylesheet" crossorigin href="/${file}">`),
          ...parts.map((one) => `<link rel="modulepreload" crossorigin href="/${one.fileName}">`),
          ...asks.map((address) => `<link rel="preload" as="fetch" crossorigin="anonymous" href="${address.replaceAll('&', '&amp;')}">`),
        ];
        writeFileSync(join(dir!, `${name}.html`), page.replace('</head>', `  ${links.join('\n    ')}\n  </head>`));
      }
    },
  };
}

// `npm run dev` asks the program that runs at this address.
const program = process.env.CAREER_URL ?? 'http://127.0.0.1:5080';

export default defineConfig({
  plugins: [react(), ownHtml(), compressed()],
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
            { name: 'base', test: /node_modules|src\/(api|ui|words)\/(?!reports|admin)|src\/grid\/Symbol/ },
            { name: 'person', test: /src\/(grid|person)\/(?!Sheet|sheet|Accesses|Symbol)/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target: program }, '/openapi.yaml': { target: program } } },
});
