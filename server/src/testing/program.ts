import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'
import { isAlive, readLock } from '../db/embedded-process.ts'

const bin = fileURLToPath(new URL('../../bin/clinicacrm.mjs', import.meta.url))

export type Program = {
  pid: number
  /** Where it says it listens. */
  url: string
  out: () => string
  err: () => string
  kill(signal: NodeJS.Signals): void
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
}

const running = new Set<Program>()
const folders = new Set<string>()

/** The real program, as an operator starts it; given back as soon as it serves, or has ended. */
export async function startProgram(args: string[], env: Record<string, string>): Promise<Program> {
  const child = spawn(process.execPath, [bin, ...args], {
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals)
  const program: Program = {
    pid: child.pid!,
    url: '',
    out: () => said.out,
    err: () => said.err,
    kill: (signal) => void child.kill(signal),
    ended,
  }
  running.add(program)
  void ended.then(() => running.delete(program))
  const serves = () => /(http:\/\/[\d.]+:\d+)(?:\/api\/lookup\n|","mode")/.exec(said.out)?.[1]
  await vi.waitUntil(() => serves() !== undefined || !running.has(program), { timeout: 30_000, interval: 20 })
  return Object.assign(program, { url: serves() ?? '' })
}

/** A folder that PostgreSQL's account may enter, as the real one is. */
export function dataFolder(name = 'data'): string {
  const folder = mkdtempSync(join(tmpdir(), 'clinicacrm-program-'))
  chmodSync(folder, 0o711)
  folders.add(folder)
  return join(folder, name)
}

/** Ends what still runs and removes what was written, databases that outlived their program included. */
export async function cleanUpPrograms(dataDirs: string[]): Promise<void> {
  for (const program of running) program.kill('SIGKILL')
  await vi.waitUntil(() => running.size === 0, 10_000)
  for (const dataDir of dataDirs) {
    const pid = readLock(join(dataDir, 'postgres/data/postmaster.pid'))?.pid
    if (pid === undefined || !isAlive(pid)) continue
    process.kill(pid, 'SIGQUIT')
    await vi.waitUntil(() => !isAlive(pid), 10_000)
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}
