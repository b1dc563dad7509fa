import { defineConfig, type Plugin } from 'vite';
import react from '@vitejs/plugin-react';

const api = process.env.FOYER_API ?? 'http://127.0.0.1:8080';

/** Each page starts with a small script that asks who is there, and then loads
 * the application. The browser is told of that at once, so that both go on
 * side by side. */
function preload(): Plugin {
  return {
    name: 'foyer-preload',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, path }) {
        if (!bundle) return html;
        const app = path.includes('console') ? 'console-app' : 'portal-app';
        const seen = new Set<string>();
        const walk = (file: string) => {
          const chunk = bundle[file];
          if (seen.has(file) || chunk?.type !== 'chunk') return;
          seen.add(file);
          chunk.imports.forEach(walk);
        };
        walk(`assets/${app}.js`);
        const up = path.includes('console') ? '../' : './';
        return [...seen]
          .filter((file) => !html.includes(`"${up}${file}"`))
          .map((file) => ({ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href: up + file }, injectTo: 'head' as const }));
      },
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [react(), preload()],
  build: {
    target: ['chrome125', 'firefox128', 'safari18'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { portal: 'index.html', console: 'console/index.html' },
      output: {
        // dist is committed: names without hashes, so that a change touches only the files that it changes.
        entryFileNames: 'assets/[name].js',
        // A page is named after its application, since both have an Orders; a disk may not tell Orders from orders.
        chunkFileNames: ({ name, facadeModuleId }) => {
          const page = /src[\\/](portal|console)[\\/](?:pages[\\/])?(\w+)\.tsx?$/.exec(facadeModuleId ?? '');
          return page && !name.endsWith('-app') ? `assets/${page[1]}-${page[2]}.js` : 'assets/[name].js';
        },
        assetFileNames: 'assets/[name][extname]',
        codeSplitting: {
          groups: [
            // The question who is there waits for nothing else.
            { name: 'start', test: /src[\\/]lib[\\/](session|scheme)\.ts$|vite[\\/]preload-helper/, priority: 50 },
            { name: 'styles', test: /src[\\/]ui[\\/]styles\.ts$/, priority: 40 },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|wouter|use-sync-external-store|regexparam|mitt)[\\/]/, priority: 30 },
            { name: 'graphql', test: /node_modules[\\/](@?urql|@0no-co|wonka|gql\.tada)[\\/]/, priority: 20 },
            { name: 'live', test: /node_modules[\\/]graphql-ws[\\/]/, priority: 20 },
            // What every page has, under a name that stays; parts that only some pages use go with these.
            { name: 'mantine', test: /node_modules[\\/](@mantine[\\/](core[\\/]esm[\\/](core|components[\\/](Input|InputBase|TextInput|Button|UnstyledButton|Loader|Transition|VisuallyHidden)[\\/])|hooks)|clsx|@floating-ui)/, priority: 12 },
            { name: 'kit', test: /src[\\/](lib[\\/](?!csv|search)|ui[\\/](kit|root|Menu|toasts|reentry|Logo|house|theme|form)\.|words[\\/](index|kit\.en|order\.en)\.ts$)/, priority: 10 },
            // Icons of the shop go with its pages.
            { name: 'icons', test: /node_modules[\\/]@tabler[\\/](?!.*Icon(Basket|Bulb|ClipboardList|FileText|Minus|Paperclip|ArrowLeft|Filter|Lock|UserPlus|Pencil|Phone|Devices|Bookmark|Printer|Repeat|Trash|Checks)\.mjs)/, priority: 15 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/graphql': { target: api, ws: true }, '/house.json': api } },
});
