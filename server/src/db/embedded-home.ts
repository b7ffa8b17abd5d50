import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, realpathSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
import { canReach, serverUser } from './embedded-process.ts'
import type { ServerUser } from './embedded-process.ts'

/** The folder that holds one cluster: data/, password, socket/ and postgres.log. */
export type Home = {
  path: string
  data: string
  user: ServerUser | undefined
  relocated: boolean
  /** `<DATA_DIR>/postgres`: the folder itself, or a link to it when it had to go elsewhere. */
  entry: string
  /** Where copies of the binaries go when npm's package cannot be used in place. */
  copies: () => string
}

/** `<dataDir>/postgres`; or, where that lies below folders only root may enter, a folder PostgreSQL's account can reach. */
export function findHome(dataDir: string): Home {
  const base = makeDataDir(resolve(dataDir))
  const entry = join(base, 'postgres')
  const existing = followEntry(entry)
  const user = serverUser(existing)
  if (existing && user && !canReach(user, dirname(existing))) {
    throw new Error(
      `The database is in ${existing}, but the account "${user.name}" that PostgreSQL runs as can no longer enter one of the folders above it. Give those folders back their x permission.`,
    )
  }
  const path = existing ?? (!user || canReach(user, base) ? entry : join(systemFolder(user), hash(base)))
  return {
    path,
    data: join(path, 'data'),
    // A relocated cluster may be there although the link to it was lost: then its owner decides.
    user: serverUser(path),
    relocated: !path.startsWith(base + sep),
    entry,
    copies: () => (user ? systemFolder(user) : base),
  }
}

/** Leaves a link in DATA_DIR, so that whoever looks finds the data, and so do we after DATA_DIR is renamed. */
export function linkEntry(home: Home): void {
  if (!home.relocated) return
  try {
    symlinkSync(home.path, home.entry)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** A folder for the socket, closed to everyone else. Socket paths end at 103 bytes (macOS) or 107 (Linux). */
export function makeSocketDir(home: Home): string {
  const inside = join(home.path, 'socket')
  const fits = Buffer.byteLength(join(inside, '.s.PGSQL.5432.lock')) <= 103
  // Not TMPDIR: every process of this clinic must arrive at the same folder, whatever its environment.
  const folder = fits ? inside : `/tmp/clinicacrm-${hash(home.path)}`
  makeFolder(folder, 0o700)
  const { uid, mode } = lstatSync(folder)
  const owners = [home.user?.uid, process.getuid?.()]
  if (!lstatSync(folder).isDirectory() || !owners.includes(uid) || (mode & 0o077) !== 0) {
    throw new Error(
      `${folder} must be a folder that only PostgreSQL may enter, but it is somebody else's or open to others. Remove it and start again.`,
    )
  }
  if (home.user) chownSync(folder, home.user.uid, home.user.gid)
  return folder
}

/** Root's own folders let PostgreSQL's account pass through, not look around. */
function makeDataDir(path: string): string {
  try {
    makeFolder(path, process.getuid?.() === 0 ? 0o711 : 0o700)
  } catch (error) {
    throw new Error(
      `Cannot make the data folder ${path}: ${(error as Error).message}. Set DATA_DIR to a folder ClínicaCRM may write to.`,
      { cause: error },
    )
  }
  return realpathSync(path)
}

function followEntry(entry: string): string | undefined {
  try {
    return lstatSync(entry, { throwIfNoEntry: false }) && realpathSync(entry)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // A link whose end is gone: to start empty would look like every patient had been lost.
    const advice =
      code === 'ENOENT'
        ? `Bring that folder back, or remove ${entry} to begin with an empty database.`
        : 'Start ClínicaCRM as the account that started it first.'
    throw new Error(`The database of ${entry} cannot be reached (${message}). ${advice}`, { cause: error })
  }
}

function systemFolder(user: ServerUser): string {
  for (const folder of ['/var/lib/clinicacrm', join(tmpdir(), 'clinicacrm')]) {
    try {
      makeFolder(folder, 0o711)
      const real = lstatSync(folder)
      if (real.isDirectory() && real.uid === 0 && (real.mode & 0o022) === 0 && canReach(user, realpathSync(folder)))
        return realpathSync(folder)
    } catch {
      /* read-only or missing: the next one */
    }
  }
  throw new Error(
    `PostgreSQL cannot run as root, and there is no folder that its account "${user.name}" can reach. Set DATA_DIR to a folder below /var/lib or /srv.`,
  )
}

function makeFolder(path: string, mode: number): void {
  if (existsSync(path) && statSync(path).isDirectory()) return
  mkdirSync(dirname(path), { recursive: true })
  try {
    mkdirSync(path, { mode })
    chmodSync(path, mode)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function hash(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12)
}
