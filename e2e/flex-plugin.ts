import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'

export type Build = { bundle: string; files: Record<string, string> }

/** The plug-in's project as it was downloaded, built as its page says; what it needs from npm is here already. */
export async function buildPlugin(zip: Uint8Array, command = 'npm run build'): Promise<Build> {
  const files = Object.fromEntries(
    Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]),
  )
  const folder = await mkdtemp(path.join(tmpdir(), 'clinicacrm-flex-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, name)
      await mkdir(path.dirname(file), { recursive: true })
      await writeFile(file, text)
    }
    const project = path.join(folder, 'plugin')
    await symlink(path.resolve(import.meta.dirname, '../node_modules'), path.join(project, 'node_modules'))
    await promisify(execFile)('sh', ['-euc', command], { cwd: project, timeout: 20_000 })
    return { files, bundle: await readFile(path.join(project, 'build/plugin-clinicacrm.js'), 'utf8') }
  } finally {
    await rm(folder, { recursive: true })
  }
}
