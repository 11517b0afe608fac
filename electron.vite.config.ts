// What is built: the programs that run on Node, and the renderer.
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { builtinsWithoutFacade } from './build/builtins-without-facade.ts';
import { madeAtBuild } from './build/made-at-build.ts';
import { schemasLater } from './build/schemas-later.ts';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Programs that run on Node, and Electron's: name in dist/main → source. `src-main/lib/entries.ts` finds them by these names. */
const programs = {
  cli: 'src-main/cli/main.ts',
  'pty-host': 'src-main/pty-host/entry.ts',
  mirror: 'src-main/mirror/entry.ts',
  demo: 'src-main/plugins/agents/demo/program.ts',
  desktop: 'src-main/electron/main.ts',
};

/** Node takes their CommonJS, a bundler would take their modules, which export differently: bundle what the sources run with. */
const commonJs = ['@xterm/headless', '@xterm/addon-unicode11'];

/**
 * Node takes half a millisecond to find a file and to load it, so that fifty small ones are a quarter of a command's start. Each with all that
 * it imports; what fits into two is in the first. What only one program or command uses is beside these.
 */
const loadedTogether = [
  {
    name: 'basis',
    test: /src-shared\/lib\/(assert-never|emitter|result)\.ts$|src-main\/lib\/(entries|package-root|version)\.ts$/,
  },
  { name: 'zod', test: /src-shared\/lib\/lazy-zod\.ts$/ },
  // The pty host stays small: it forks.
  {
    name: 'terminals',
    test: /src-main\/(lib\/(background-process|files|find-program|kernel-lock|process-tree)|pty-host\/(protocol|terminal-record|transcript-reader))\.ts$|src-shared\/domain\/environment\.ts$/,
  },
  { name: 'command', test: /src-main\/cli\/(commands|find-command|help|open-local-host|over|table)\.ts$/ },
  { name: 'outlook', test: /src-main\/host\/open-outlook\.ts$/ },
].map((group, index) => ({ ...group, priority: 10 - index }));

export default defineConfig({
  main: {
    plugins: [schemasLater(), madeAtBuild(), builtinsWithoutFacade()],
    resolve: {
      alias: {
        ...Object.fromEntries(commonJs.map((name) => [name, fileURLToPath(import.meta.resolve(name))])),
        // The same as modules: what nobody uses is left out, and Node's loader of CommonJS is not needed for it.
        yaml: path('node_modules/yaml/browser/index.js'),
      },
    },
    build: {
      outDir: 'dist/main',
      target: 'node24',
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(programs).map(([name, file]) => [name, path(file)])),
        // Native: loaded from node_modules (and from the app's resources once packaged).
        external: ['node-pty', 'electron'],
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          codeSplitting: { groups: loadedTogether },
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'dist/preload',
      externalizeDeps: false,
      // A sandboxed preload can load nothing beside it.
      rolldownOptions: {
        input: { preload: path('src-main/electron/preload/preload.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [react(), tailwindcss()],
    // Tailwind writes the addresses in an imported stylesheet anew and takes a package's name for a folder.
    resolve: { alias: [{ find: /^\.\/(?=jetbrains-mono\/|dejavu-fonts-ttf\/)/, replacement: path('node_modules/') }] },
    server: { host: '127.0.0.1' },
    build: {
      outDir: 'dist/renderer',
      // The browser host is opened in any browser of the last years, not only in Electron's.
      target: 'es2023',
      rolldownOptions: { input: path('src-renderer/index.html') },
      // The content security policy takes fonts and pictures from our own address only.
      assetsInlineLimit: 0,
    },
  },
});
