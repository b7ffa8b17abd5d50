import { readFile } from 'node:fs/promises'
import { build } from 'esbuild'

const { name, version, dependencies } = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'))
const text = (value) => JSON.stringify(value)

/** Flex brings itself: the bundle takes it from the page it is loaded into, the copy made for this plug-in first. */
const flex = `
  const { Flex, FlexProxy } = globalThis.Twilio
  module.exports = FlexProxy?.[${text(name)}] ?? Flex
`

await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ['src/index.ts'],
  outfile: `build/${name}.js`,
  bundle: true,
  format: 'iife',
  target: 'es2020',
  charset: 'utf8',
  define: {
    __FPB_PLUGIN_UNIQUE_NAME: text(name),
    __FPB_PLUGIN_VERSION: text(version),
    __FPB_FLEX_PLUGIN_SCRIPTS_VERSION: text(dependencies['@twilio/flex-plugin']),
    __FPB_FLEX_PLUGIN_VERSION: text(dependencies['@twilio/flex-plugin']),
    __FPB_FLEX_UI_VERSION: text('^2'),
    __FPB_REACT_VERSION: text('17.0.2'),
    __FPB_REACT_DOM_VERSION: text('17.0.2'),
  },
  plugins: [
    {
      name: 'flex-of-the-page',
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^@twilio\/flex-ui$/ }, () => ({ path: 'flex-ui', namespace: 'page' }))
        onLoad({ filter: /.*/, namespace: 'page' }, () => ({ contents: flex, loader: 'js' }))
      },
    },
  ],
})
