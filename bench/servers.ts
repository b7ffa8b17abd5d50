import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export type Served = { pid: number; url: string; stop(): Promise<void> }

const program = fileURLToPath(new URL('../server/bin/clinicacrm.mjs', import.meta.url))
const stopWithinMs = 15_000

/** The real program by its own door, with an environment of nothing but this. */
export async function serveProgram(environment: Record<string, string>): Promise<Served> {
  const child = run([program, 'serve'], { PORT: '0', LOG_LEVEL: 'info', ...environment })
  // Its log is JSON, one event a line; `serving` tells the address.
  return served(child, (line) => /"url":"([^"]+)".*"msg":"serving"/.exec(line)?.[1])
}

export const serveFloor = (database: string, driver: 'pg' | 'postgres' = 'pg'): Promise<Served> =>
  serveScript('floor.ts', [database, driver])

/** A script of this folder that prints its address. */
export async function serveScript(file: string, args: string[]): Promise<Served> {
  const script = fileURLToPath(new URL(file, import.meta.url))
  return served(run([script, ...args]), (line) => /^http:\S+$/.exec(line)?.[0])
}

/** Runs a command of the program to its end and returns what it printed. */
export async function command(args: string[], environment: Record<string, string>): Promise<string> {
  const child = run([program, ...args], environment)
  let printed = ''
  child.stdout!.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`clinicacrm ${args.join(' ')} ended with ${String(code)}`)
  return printed
}

function run(args: string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, args, {
    env: { NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

async function served(child: ChildProcess, address: (line: string) => string | undefined): Promise<Served> {
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`a server ended with ${code} before it served`)))
  })
  ended.catch(() => undefined)
  const url = new Promise<string>((resolve) => {
    let text = ''
    child.stdout!.on('data', (chunk: Buffer) => {
      const lines = (text + chunk.toString()).split('\n')
      text = lines.pop()!
      for (const found of lines.map(address)) if (found) resolve(found)
    })
  })
  return { pid: child.pid!, url: await Promise.race([url, ended]), stop: () => stop(child) }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const impatience = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
  await gone
  clearTimeout(impatience)
}
