import { glob, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const here = import.meta.dirname
const sources = ['src/**/*', '*.{ts,html,json}', '../{contract,connectors}/src/**/*.ts', '../package-lock.json']

const built = await newest(['dist/index.html'])
if (built > (await newest(sources))) say('The web app is up to date.')
else await buildAnew()

async function newest(patterns: string[]) {
  let time = 0
  for await (const file of glob(patterns, { cwd: here })) time = Math.max(time, (await stat(join(here, file))).mtimeMs)
  return time
}

async function buildAnew() {
  const startedAt = performance.now()
  try {
    // Only here: an installation that came with a built app has no bundler.
    const { build } = await import('vite')
    await build({ configFile: join(here, 'vite.config.ts'), logLevel: 'warn' })
    await compress()
  } catch (error) {
    say(`The web app could not be built.\n${(error as Error).message}`)
    process.exitCode = 1
    return
  }
  say(`Built the web app in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`)
}

/** Once, here, as small as it gets: the server then only hands out files. */
async function compress() {
  const files = await Array.fromAsync(glob('dist/assets/*.{js,css,svg}', { cwd: here }))
  await Promise.all(files.map((file) => compressFile(join(here, file))))
}

async function compressFile(path: string) {
  const content = await readFile(path)
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, quality))
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }))
}

function say(line: string) {
  process.stdout.write(`${line}\n`)
}
