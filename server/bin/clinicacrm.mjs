#!/usr/bin/env node
// Runs ClínicaCRM with the Node it is made for. This file itself must run on every Node since 12.
import { spawn, spawnSync } from 'child_process'
import { existsSync } from 'fs'
import module from 'module'
import { dirname, join } from 'path'
import { fileURLToPath } from 'url'
import v8 from 'v8'

const here = dirname(fileURLToPath(import.meta.url))
const guard = 'CLINICACRM_RELAUNCHED'

if (isNewEnough(process.versions.node)) {
  void run()
} else {
  runWith(process.env[guard] ? undefined : findNode())
}

async function run() {
  delete process.env[guard]
  hideTypeStrippingWarning()
  // Not the default folder in /tmp: there, another account of this machine could lay out code for us to run.
  if (module.enableCompileCache) module.enableCompileCache(join(here, '..', 'node_modules', '.cache', 'clinicacrm'))
  // MB. Left alone, short-lived objects may fill twice the memory before they are looked at, for a little less work.
  v8.setFlagsFromString('--max-semi-space-size=4')
  loadDrizzleQuickly()
  try {
    const { main } = await import('../src/cli.ts')
    await main(process.argv.slice(2))
  } catch (error) {
    const missing = error.code === 'ERR_MODULE_NOT_FOUND' && /Cannot find package '([^']+)'/.exec(error.message)
    if (!missing) throw error
    stop(
      `ClínicaCRM cannot find the package "${missing[1]}". Run "npm ci" first, in the folder that holds package-lock.json.`,
    )
  }
}

// To know the format of a file, Node reads the package.json above it, anew for each file. Drizzle has a hundred files and a
// package.json of 180 kB: that was half of our start and 200 MB of memory. Its files are modules; saying so is enough.
function loadDrizzleQuickly() {
  module.registerHooks({
    resolve(specifier, context, next) {
      const { parentURL = '' } = context
      if (!specifier.startsWith('.') || !parentURL.includes('/node_modules/drizzle-orm/'))
        return next(specifier, context)
      return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true }
    },
  })
}

function runWith(node) {
  if (!node) {
    stop(
      `ClínicaCRM needs Node 22.18 or newer; this is Node ${process.versions.node} (${process.execPath}).\n` +
        `Run "npm ci" in the folder that holds package-lock.json: it brings the right Node along and leaves yours alone.`,
    )
  }
  const child = spawn(node, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [guard]: '1' },
  })
  // We outlive these, so that the exit code is that of the server, which first finishes what it is doing.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to both of us, and a second one would mean "now".
      if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('error', (error) => stop(`ClínicaCRM could not start ${node}: ${error.message}`))
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

/** The Node that npm installed beside the other packages, wherever in the tree above us they are. */
function findNode() {
  const platform = `${process.platform}-${process.arch}`
  const places = [`node-${platform}/bin/node`, `node-bin-${platform}/bin/node`, 'node/bin/node', '.bin/node']
  for (let folder = here; ; folder = dirname(folder)) {
    for (const place of places) {
      const node = join(folder, 'node_modules', place)
      if (existsSync(node) && isNewEnough(versionOf(node))) return node
    }
    if (folder === dirname(folder)) return undefined
  }
}

function versionOf(node) {
  return String(spawnSync(node, ['--version'], { encoding: 'utf8', timeout: 10000 }).stdout)
    .trim()
    .replace('v', '')
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 18)
}

function hideTypeStrippingWarning() {
  const emit = process.emitWarning
  process.emitWarning = (warning, ...rest) => {
    if (!/type stripping/i.test(String(warning))) emit.call(process, warning, ...rest)
  }
}

function stop(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
