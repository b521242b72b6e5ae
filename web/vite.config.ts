// How the page is built: everything into dist/web, nothing inline, nothing from elsewhere.
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { guidePages } from './guide/vite-plugin.ts';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [guidePages(), react()],
  build: {
    outDir: join(import.meta.dirname, '../dist/web'),
    emptyOutDir: true,
    // Assets as data: URLs would need a wider policy for images and fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // By itself each piece that two screens share would be a file of its own, down to fifty bytes: fifty requests before a
          // screen is there. One file comes first, one with all that screens share, one with what opens over any of them.
          groups: [
            { name: 'first', tags: ['$initial'], priority: 3 },
            { name: 'shared', minShareCount: 2, test: /\.([jt]sx?|mjs)$|\.css$/, priority: 2 },
            {
              name: 'over',
              test: /[\\/]parts[\\/](import-modal|payment-modal|message-panel|remind-one)\.tsx$/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
});
