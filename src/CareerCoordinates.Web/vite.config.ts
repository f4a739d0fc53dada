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

// `npm run dev` asks the program that runs at this address.
const program = process.env.CAREER_URL ?? 'http://127.0.0.1:5080';

export default defineConfig({
  plugins: [react(), compressed()],
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
