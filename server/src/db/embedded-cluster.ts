import { randomBytes } from 'node:crypto'
import { chownSync } from 'node:fs'
import { chmod, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { linkEntry } from './embedded-home.ts'
import type { Home } from './embedded-home.ts'
import type { Native } from './embedded-native.ts'
import { runTool } from './embedded-process.ts'

const abandonedAfterMs = 15 * 60_000

/** Makes the cluster on the first start. It appears whole, password included, or not at all. True when this call made it. */
export async function ensureCluster(home: Home, native: Native, throwaway: boolean): Promise<boolean> {
  await removeAbandoned(home)
  const made = !(await hasCluster(home)) && (await makeCluster(home, native, throwaway))
  linkEntry(home)
  const major = (await readFile(join(home.data, 'PG_VERSION'), 'utf8').catch(explainUnreadable(home))).trim()
  if (major !== native.major) {
    throw new Error(
      `The database in ${home.path} was made by PostgreSQL ${major}, and this ClínicaCRM brings PostgreSQL ${native.major}, which cannot read it. Nothing was changed. Go back to the ClínicaCRM version you used before; docs/self-hosting.md says how to move the data.`,
    )
  }
  return made
}

export async function readPassword(home: Home): Promise<string> {
  return (await readFile(join(home.path, 'password'), 'utf8').catch(explainUnreadable(home))).trim()
}

async function hasCluster(home: Home): Promise<boolean> {
  const missing = (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? false : explainUnreadable(home)(error))
  return stat(join(home.data, 'PG_VERSION')).then(() => true, missing)
}

async function makeCluster(home: Home, native: Native, throwaway: boolean): Promise<boolean> {
  const unfinished = `${home.path}.tmp-${randomBytes(6).toString('hex')}`
  try {
    await initdb(unfinished, home, native, throwaway)
    await rename(unfinished, home.path)
    if (!throwaway) await syncFolder(dirname(home.path))
    return true
  } catch (error) {
    // Another process was quicker: use its cluster.
    if (await hasCluster(home)) return false
    throw new Error(`Could not create the database in ${home.path}: ${(error as Error).message}`, { cause: error })
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function initdb(folder: string, home: Home, native: Native, throwaway: boolean): Promise<void> {
  const data = join(folder, 'data')
  const password = join(folder, 'password')
  await mkdir(folder)
  // As root the folder stays ours, so that PostgreSQL's account cannot plant links where we write.
  if (home.user) chownSync(folder, 0, home.user.gid)
  await chmod(folder, home.user ? 0o710 : 0o700)
  await writeFile(password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flush: true })
  if (home.user) chownSync(password, home.user.uid, home.user.gid)
  const args = [
    '-D',
    data,
    '--username=postgres',
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(throwaway ? ['--no-sync'] : []),
  ]
  const makeData = async () => {
    await mkdir(data, { mode: 0o700 })
    if (home.user) chownSync(data, home.user.uid, home.user.gid)
  }
  await makeData()
  try {
    await runTool(native.initdb, [...args, '--locale=C.UTF-8'], home.user)
  } catch (error) {
    if (!(error as Error).message.includes('invalid locale name')) throw error
    // macOS and old Linuxes have no C.UTF-8; only the full-text parser, which we do not use for names, notices.
    await rm(data, { recursive: true, force: true })
    await makeData()
    await runTool(native.initdb, [...args, '--locale=C'], home.user)
  }
  if (home.user) chownSync(password, 0, 0)
}

/** What a start that was killed during initdb left behind. Young ones may belong to a start that is still at work. */
async function removeAbandoned(home: Home): Promise<void> {
  const parent = dirname(home.path)
  for (const name of await readdir(parent).catch(() => [])) {
    if (!name.startsWith(`${basename(home.path)}.tmp-`)) continue
    const folder = join(parent, name)
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > abandonedAfterMs) await rm(folder, { recursive: true, force: true })
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync()
  await folder.close()
}

function explainUnreadable(home: Home) {
  return (error: Error): never => {
    throw new Error(
      `The database in ${home.path} cannot be opened by this account (${error.message}). Start ClínicaCRM as the account that started it first.`,
      { cause: error },
    )
  }
}
