import react from '@vitejs/plugin-react'
import presetMantine from 'postcss-preset-mantine'
import { defineConfig } from 'vite'
import { contractWithoutSchemas } from './contract-without-schemas.ts'

export default defineConfig({
  root: import.meta.dirname,
  // Relative: a proxy may serve all this under a path of its own; the server writes it into index.html.
  base: './',
  plugins: [contractWithoutSchemas(), react()],
  css: { postcss: { plugins: [presetMantine()] } },
  build: {
    outDir: 'dist',
    target: 'baseline-widely-available',
    manifest: 'manifest.json',
    sourcemap: false,
    modulePreload: { polyfill: false },
    // An inlined picture would be a data: address, which needs an exception in the security policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // Amazon's Contact Control Panel library is the largest, in a file of its own.
    chunkSizeWarningLimit: 750,
    // What every page needs is one file; left alone, each set of pages that share something gets a file of its own.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'base', tags: ['$initial'] }] } } },
  },
  // `npm run dev -w web`, beside a running `npm run dev`.
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
})
