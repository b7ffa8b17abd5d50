import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ours = fileURLToPath(new URL('../server/bin/clinicacrm.mjs', import.meta.url))

export type Program = { url: string; key: string; output(): string; stop(): Promise<void> }

/** The program as an operator starts it, on a port and a database of its own; `bin`: of another checkout. */
export async function startProgram(
  mode: 'demo' | 'serve',
  env: Record<string, string> = {},
  bin = ours,
): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'clinicacrm-e2e-'))
  // The database's own account must be able to enter; mkdtemp lets nobody but us.
  chmodSync(folder, 0o711)
  const port = String(await freePort())
  const key = 'e2e-demo-key-0123456789'
  const own = { PORT: port, DATA_DIR: join(folder, 'data'), LOG_LEVEL: mode === 'demo' ? 'warn' : 'info' }
  const child = spawn(process.execPath, [bin, mode], {
    env: { PATH: process.env.PATH, ...own, ...(mode === 'demo' && { DEMO_API_KEY: key }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const url = `http://localhost:${port}`
  await untilItServes(child, url, () => said)
  return {
    url,
    key,
    output: () => said,
    async stop() {
      const ended = once(child, 'close')
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function untilItServes(child: ChildProcess, url: string, said: () => string) {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`The program ended:\n${said()}`)
    if (
      await fetch(`${url}/api/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`The program did not serve within 30 s:\n${said()}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
