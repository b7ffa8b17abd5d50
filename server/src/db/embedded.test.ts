import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { findPackage } from './embedded-native.ts'
import { isAlive, readLock } from './embedded-process.ts'
import { startEmbeddedPostgres } from './embedded.ts'
import type { EmbeddedPostgres, EmbeddedPostgresEvent, EmbeddedPostgresOptions } from './embedded.ts'

const asRoot = process.getuid?.() === 0
const started: EmbeddedPostgres[] = []
const children: ChildProcess[] = []
const folders: string[] = []
/** The data folder of the first test, for those that do not need a new one. */
let used = ''

afterEach(async () => {
  for (const child of children.splice(0)) if (isAlive(child.pid ?? 0)) child.kill('SIGKILL')
  const clusters = started.map((postgres) => postgres.dataDir)
  await Promise.all(started.splice(0).map((postgres) => postgres.stopNow()))
  const left = clusters.filter((cluster) => postmasterOf(cluster) !== undefined)
  if (left.length > 0) throw new Error(`A postmaster outlived its test in ${left.join(', ')}.`)
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

afterAll(() => rm(used, { recursive: true, force: true }))

test('what the first start stored is there at the second', async () => {
  const dataDir = await emptyFolder()
  used = folders.pop() ?? ''
  const seen: EmbeddedPostgresEvent['kind'][] = []
  const first = await start({ dataDir, throwaway: false, onEvent: ({ kind }) => seen.push(kind) })
  expect(first).toMatchObject({ attached: false, relocated: false, dataDir: join(dataDir, 'postgres') })
  expect(first.version).toMatch(/^18\.\d+$/)
  await query(first, 'create table patients (name text)')
  await query(first, "insert into patients values ('Ana')")
  await first.stop()
  expect(postmasterOf(first.dataDir)).toBeUndefined()

  const second = await start({ dataDir, throwaway: false, onEvent: ({ kind }) => seen.push(kind) })
  expect(await query(second, 'select name from patients')).toEqual([{ name: 'Ana' }])
  expect(seen).toEqual(['created', 'ready', 'ready'])
  expect(await query(second, 'show fsync')).toEqual([{ fsync: 'on' }])
  expect(await query(second, 'show data_checksums')).toEqual([{ data_checksums: 'on' }])
})

test('every acknowledged row survives a postmaster killed in the middle of writing', async () => {
  const dataDir = used
  const first = await start({ dataDir, throwaway: false, supervise: false })
  await query(first, 'create table calls (n int primary key)')
  const writer = new Client(first.connection)
  writer.on('error', () => {})
  await writer.connect()
  let acknowledged = 0
  const writing = (async () => {
    for (;;) {
      await writer.query('insert into calls values ($1)', [acknowledged + 1])
      acknowledged += 1
    }
  })()
  await vi.waitUntil(() => acknowledged > 50)
  killPostmaster(first.dataDir)
  await expect(writing).rejects.toThrow(/terminat|EPIPE|ECONNRESET|queryable/)

  const second = await start({ dataDir, throwaway: false })
  expect(second.attached).toBe(false)
  const [rows] = await query<{ count: number; last: number }>(second, 'select count(*)::int, max(n) as last from calls')
  expect(rows?.count).toBe(rows?.last)
  expect(rows?.count).toBeGreaterThanOrEqual(acknowledged)
})

test('a server whose program was killed is joined, not started twice', async () => {
  const dataDir = used
  const other = await startInAnotherProcess(dataDir)
  const pid = postmasterOf(join(dataDir, 'postgres'))
  other.kill('SIGKILL')
  await once(other, 'exit')
  const postgres = await start({ dataDir })
  expect(postgres.attached).toBe(true)
  expect(postmasterOf(postgres.dataDir)).toBe(pid)
  await query(postgres, 'select 1')
})

test('a killed postmaster comes back for everyone who was using it', async () => {
  const dataDir = used
  let back = 0
  const onEvent = ({ kind }: EmbeddedPostgresEvent) => {
    if (kind === 'back') back += 1
  }
  const [one, two] = [await start({ dataDir, onEvent }), await start({ dataDir, onEvent })]
  for (const round of [1, 2]) {
    killPostmaster(one.dataDir)
    await vi.waitUntil(() => back === 2 * round, 10_000)
    expect(await query(two, 'select name from patients')).toEqual([{ name: 'Ana' }])
  }
})

test('two processes that start in the same instant share one postmaster', async () => {
  const dataDir = await emptyFolder()
  const cluster = join(dataDir, 'postgres')
  const [one, two] = await Promise.all([startInAnotherProcess(dataDir), startInAnotherProcess(dataDir)])
  const postgres = await start({ dataDir })
  expect(
    await query(postgres, "select count(*)::int from pg_stat_activity where application_name ~ 'presence'"),
  ).toEqual([{ count: 3 }])
  await postgres.stop()
  expect(await leave(one)).toBe(0)
  expect(postmasterOf(cluster), 'the other one still uses it').toBeDefined()
  expect(await leave(two)).toBe(0)
  expect(postmasterOf(cluster), 'the last one out turns off the light').toBeUndefined()
  expect((await readdir(dataDir)).filter((name) => name !== 'postgres')).toEqual([])

  // Again with a cluster that exists: here only PostgreSQL's own lock decides.
  const again = await Promise.all([start({ dataDir }), start({ dataDir }), start({ dataDir })])
  expect(again.filter(({ attached }) => !attached)).toHaveLength(1)
  for (const each of again) await query(each, 'select 1')
  await Promise.all(again.map((postgres) => postgres.stop()))
  expect(postmasterOf(cluster), 'all left at once').toBeUndefined()
})

test('a folder with a long name full of spaces, quotes and commas works', async () => {
  const dataDir = join(await emptyFolder(), `Clínica "Santa Ana", d'Oro ${'x'.repeat(120)}`, '.data')
  const postgres = await start({ dataDir })
  expect(postgres.connection.host).toMatch(/^\/tmp\/clinicacrm-[0-9a-f]{12}$/)
  folders.push(postgres.connection.host)
  expect((await lstat(postgres.connection.host)).mode & 0o777).toBe(0o700)
  await query(postgres, 'select 1')
  const short = await start({ dataDir: join(await emptyFolder(), `a "b", 'c' d`) })
  expect(short.connection.host).toBe(join(short.dataDir, 'socket'))
  await query(short, 'select 1')
})

test('libraries are linked when npm ran without install scripts', async () => {
  const packageDir = await packageWithoutLinks(await emptyFolder())
  const postgres = await start({ dataDir: await emptyFolder(), packageDir })
  expect(await query(postgres, "select lower('ÁRBOL') as lower")).toEqual([{ lower: 'árbol' }])
  expect((await lstat(join(packageDir, 'native/lib/libpq.so.5'))).isSymbolicLink()).toBe(true)
})

test('below a folder only root may enter, program and data move to where PostgreSQL can go', async ({ skip }) => {
  skip(!asRoot, 'needs root: only then does PostgreSQL run as another account than the program')
  const closed = await emptyFolder(0o700)
  const packageDir = await packageWithoutLinks(closed)
  const first = await start({ dataDir: join(closed, 'data'), packageDir })
  folders.push(`/var/lib/clinicacrm/postgresql-18.0.0-test-${process.pid}`)
  expect(first.relocated).toBe(true)
  folders.push(first.dataDir)
  expect(first.dataDir).toMatch(/^\/var\/lib\/clinicacrm\/[0-9a-f]{12}$/)
  await query(first, 'create table patients (name text)')
  await first.stop()
  const second = await start({ dataDir: join(closed, 'data'), packageDir })
  expect(second.dataDir).toBe(first.dataDir)
  expect(await query(second, 'select * from patients')).toEqual([])
})

test('nobody else can read the cluster, and the password shows in no command line', async () => {
  const postgres = await start({ dataDir: used })
  for (const name of await readdir(postgres.dataDir, { recursive: true })) {
    const { mode } = await lstat(join(postgres.dataDir, name))
    expect.soft(mode & 0o077, name).toBe(0)
  }
  expect((await lstat(postgres.dataDir)).mode & 0o067).toBe(0)
  expect((await lstat(join(postgres.dataDir, 'password'))).mode & 0o777).toBe(0o600)
  expect(postgres.connection.password).toHaveLength(32)
  expect(execFileSync('ps', ['-eww', '-o', 'args='], { encoding: 'utf8' })).not.toContain(postgres.connection.password)
  const guess = { connection: { ...postgres.connection, password: 'guess' } }
  await expect(query(guess, 'select 1')).rejects.toThrow('password')
})

test('injected SQL runs no program, and an error leaves no patient in the log', async () => {
  const postgres = await start({ dataDir: used, settings: { log_min_duration_statement: '0' } })
  await expect(query(postgres, "copy (select 1) to program 'id'")).rejects.toThrow('permission denied')
  await query(postgres, 'create table callers (phone text unique, born date)')
  await query(postgres, 'insert into callers (phone) values ($1)', ['+390612345678'])
  await expect(query(postgres, 'insert into callers (phone) values ($1)', ['+390612345678'])).rejects.toThrow('unique')
  await expect(query(postgres, 'insert into callers (born) values ($1)', ['Ana Rossi'])).rejects.toThrow('date')
  const log = await readFile(join(postgres.dataDir, 'postgres.log'), 'utf8')
  expect(log).toContain('insert into callers (phone) values ($1)')
  expect(log).not.toMatch(/390612345678|Ana Rossi/)
})

test('locks that name a process which is another program today do not stop the start', async () => {
  const dataDir = used
  const first = await start({ dataDir, supervise: false })
  const lock = await readFile(join(first.dataDir, 'data/postmaster.pid'), 'utf8')
  const socketLock = await readFile(join(first.dataDir, 'socket/.s.PGSQL.5432.lock'), 'utf8')
  await first.stop()
  const { uid, gid } = await lstat(join(first.dataDir, 'data'))
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...(asRoot ? { uid, gid } : {}) })
  children.push(stranger)
  for (const [name, text] of [
    ['data/postmaster.pid', lock],
    ['socket/.s.PGSQL.5432.lock', socketLock],
  ] as const) {
    await writeFile(join(first.dataDir, name), text.replace(/^\d+/, String(stranger.pid)))
    await chown(join(first.dataDir, name), uid, gid)
  }
  expect((await start({ dataDir })).attached).toBe(false)
})

test('what a start killed during creation left is removed, unless it may still be at work', async () => {
  const dataDir = await emptyFolder()
  for (const name of ['postgres.tmp-old', 'postgres.tmp-young', 'other'])
    await mkdir(join(dataDir, name, 'data'), { recursive: true })
  await utimes(join(dataDir, 'postgres.tmp-old'), 0, 0)
  await start({ dataDir })
  expect((await readdir(dataDir)).toSorted()).toEqual(['other', 'postgres', 'postgres.tmp-young'])
})

test('a database of another major version is refused with a way out', async () => {
  const dataDir = used
  const first = await start({ dataDir })
  await first.stop()
  const version = join(first.dataDir, 'data/PG_VERSION')
  await writeFile(version, '17\n')
  await expect(start({ dataDir })).rejects.toThrow(/PostgreSQL 17.*PostgreSQL 18.*Nothing was changed/s)
  await writeFile(version, '18\n')
})

test('a server that cannot start says why, with the end of its log', async () => {
  await expect(start({ dataDir: used, settings: { shared_buffers: 'plenty' } })).rejects.toThrow(
    /stopped while starting.*shared_buffers.*plenty/s,
  )
})

test('a platform without binaries is told to bring its own server', () => {
  vi.spyOn(process, 'arch', 'get').mockReturnValue('mips')
  expect(() => findPackage()).toThrow(`No PostgreSQL comes with ClínicaCRM for ${process.platform}-mips`)
  vi.restoreAllMocks()
})

async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ throwaway: true, ...options })
  started.push(postgres)
  return postgres
}

async function query<Row extends object>(
  { connection }: Pick<EmbeddedPostgres, 'connection'>,
  sql: string,
  values: string[] = [],
) {
  const client = new Client(connection)
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

/** A program of its own, ready when it says so, which stops when its input ends. */
async function startInAnotherProcess(dataDir: string): Promise<ChildProcess> {
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('embedded.ts', import.meta.url).href)})
    const postgres = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, throwaway: true })
    process.stdin.on('end', () => postgres.stop()).resume()
    process.stdout.write('ready')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  await once(child.stdout, 'data')
  return child
}

async function leave(child: ChildProcess): Promise<number | null> {
  child.stdin?.end()
  if (child.exitCode === null) await once(child, 'exit')
  return child.exitCode
}

/** PostgreSQL's account must be able to walk in, so not with mkdtemp's 0700. */
async function emptyFolder(mode = 0o711): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clinicacrm-test-'))
  await chmod(folder, mode)
  folders.push(folder)
  return folder
}

async function packageWithoutLinks(folder: string): Promise<string> {
  const packageDir = join(folder, 'package')
  const links = await readFile(join(findPackage(), 'native/pg-symlinks.json'), 'utf8')
  const isLink = (path: string) => links.includes(`"target":"${path.slice(findPackage().length + 1)}"`)
  await cp(findPackage(), packageDir, { recursive: true, filter: (path) => !isLink(path) })
  await writeFile(join(packageDir, 'package.json'), JSON.stringify({ version: `18.0.0-test-${process.pid}` }))
  return packageDir
}

function postmasterOf(cluster: string): number | undefined {
  const pid = readLock(join(cluster, 'data/postmaster.pid'))?.pid
  return pid !== undefined && isAlive(pid) ? pid : undefined
}

function killPostmaster(cluster: string): void {
  process.kill(postmasterOf(cluster) ?? Number.NaN, 'SIGKILL')
}
