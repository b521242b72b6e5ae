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
  },
});
