import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The account PostgreSQL runs as when we are root, which PostgreSQL refuses to be. */
export type ServerUser = { uid: number; gid: number; name: string }

/** Undefined when we are nobody special: then PostgreSQL simply runs as ourselves. */
export function serverUser(home: string | undefined): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = passwd()
  const data = home && join(home, 'data')
  if (data && existsSync(data)) {
    // The first start chose; a `postgres` account that appears later must not lock the clinic out of its data.
    const { uid, gid } = statSync(data)
    if (uid === 0)
      throw new Error(
        `The database in ${data} belongs to root, and PostgreSQL refuses to run as root. Give it to an ordinary account with chown -R.`,
      )
    return { uid, gid, name: users.find((user) => user.uid === uid)?.name ?? String(uid) }
  }
  const chosen = ['clinicacrm', 'postgres', 'nobody']
    .map((name) => users.find((user) => user.name === name))
    .find((user) => user !== undefined)
  if (!chosen)
    throw new Error(
      'PostgreSQL refuses to run as root, and this system has neither a postgres nor a nobody account. Start ClínicaCRM as an ordinary account, or set DATABASE_URL.',
    )
  return chosen
}

/** Whether this account may walk down to the folder and into it. No supplementary groups: spawn({ uid }) drops them. */
export function canReach(user: ServerUser, folder: string): boolean {
  const { mode, uid, gid } = statSync(folder)
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
  const parent = dirname(folder)
  return (mode & bit) !== 0 && (parent === folder || canReach(user, parent))
}

/** Runs a program of PostgreSQL to its end; rejects with what it said. */
export function runTool(file: string, args: string[], user: ServerUser | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...asUser(user), stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    child.once('error', (error) => reject(cannotRun(file, error)))
    child.once('close', (code) =>
      code === 0 ? resolve(said) : reject(new Error(`${file} failed (${code ?? 'killed'}): ${said.trim()}`)),
    )
  })
}

/** In its own session, so that Ctrl-C in the terminal reaches us and not the database before we have drained. */
export function spawnServer(file: string, args: string[], user: ServerUser | undefined, logFd: number): ChildProcess {
  const child = spawn(file, args, { ...asUser(user), detached: true, stdio: ['ignore', logFd, logFd] })
  child.unref()
  return child
}

export function cannotRun(file: string, error: Error): Error {
  return new Error(
    `The PostgreSQL that comes with ClínicaCRM does not run here (${file}: ${error.message}). Set DATABASE_URL to use a PostgreSQL server of your own.`,
    { cause: error },
  )
}

export type Lock = { pid: number; socketDir: string | undefined; status: string | undefined }

/** What postmaster.pid, or the lock beside the socket, says about who wrote it. */
export function readLock(path: string): Lock | undefined {
  const lines = readText(path).split('\n')
  const pid = Number.parseInt(lines[0] ?? '', 10)
  return pid > 0 ? { pid, socketDir: lines[4] || undefined, status: lines[7]?.trim() } : undefined
}

/** True only for a living PostgreSQL that works in this very folder: after a power cut the pid may be anybody's. */
export function isPostmaster(pid: number, data: string): boolean {
  if (pid <= 0 || !isAlive(pid)) return false
  if (process.platform === 'darwin') return commandLine(pid).includes(data)
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data)
  } catch {
    return isAlive(pid) && readText(`/proc/${pid}/comm`).trim() === 'postgres'
  }
}

export function isAlive(pid: number): boolean {
  // Where we are process 1, as in a container, an adopted postmaster that ended stays as a zombie.
  return exists(pid) && !/^\d+ \(.*\) Z/s.test(readText(`/proc/${pid}/stat`))
}

export function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function asUser(user: ServerUser | undefined) {
  // An environment of our own: PGDATA, PGPORT or LC_ALL of the terminal must not change what we run.
  const plain = { cwd: '/', env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' } }
  return user ? { ...plain, uid: user.uid, gid: user.gid } : plain
}

function passwd(): ServerUser[] {
  return readText('/etc/passwd')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4 && Number(fields[2]) > 0)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function commandLine(pid: number): string {
  try {
    return execFileSync('/bin/ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}
