// Guards the guards: a linter that checks nothing is also green. Every file in forbidden/ commits one crime; each is
// laid where its first line says, in a copy of the tree that holds nothing else, and linted with the real settings.
import { execFile } from 'node:child_process'
import { cp, glob, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../..')
const settings = ['.oxlintrc.json', '.gitignore', 'tsconfig.base.json']
const workspaces = ['contract', 'server', 'bench', 'connectors', 'client', 'web', 'e2e']

type Planted = { name: string; at: string; breaks: string; text: string }
type Report = { number_of_files: number; diagnostics: { code: string; filename: string }[] }

const planted = [...(await plantedFiles()), ...tooLong()]
const laid = [...planted, ...innocent()]
let report: Report

beforeAll(async () => {
  report = await lint(laid)
}, 60_000)

test('the linter really read every planted file', () => {
  expect(planted.length).toBeGreaterThan(40)
  expect(report.number_of_files).toBe(laid.length)
})

test.each(planted)('$name breaks $breaks, and that only', ({ at, breaks }) => {
  expect(findingsIn(at)).toEqual([breaks])
})

test.each(innocent())('$name is allowed', ({ at }) => {
  expect(findingsIn(at)).toEqual([])
})

test('no two files are laid in the same place', () => {
  expect(new Set(laid.map(({ at }) => at)).size).toBe(laid.length)
})

const withComments = await readFile(path.join(root, '.oxlintrc.json'), 'utf8')
const { overrides } = JSON.parse(withComments.replace(/^ *\/\/.*$/gm, ''))

describe('every area with import rules', () => {
  const areas: string[] = overrides
    .filter(({ rules }: { rules: object }) => 'no-restricted-imports' in rules)
    .flatMap(({ files }: { files: string[] }) => files)
  const crimes = planted.filter(({ breaks }) => breaks === 'eslint(no-restricted-imports)')
  // The last area that matches a file is the one whose rules hold.
  const guarded = new Set(crimes.map(({ at }) => areas.findLast((files) => path.matchesGlob(at, files))))

  test.each(areas)('%s has a planted crime', (files) => {
    expect(guarded).toContain(files)
  })
})

test('every feature has its door in both lists of doors', async () => {
  const inside = await readdir(path.join(root, 'server/src'), { withFileTypes: true })
  const machinery = ['db', 'http', 'jobs', 'live', 'audit', 'mail', 'testing']
  const features = inside.filter((entry) => entry.isDirectory() && !machinery.includes(entry.name))
  const doors = features.map(({ name }) => `${name}/${name}`)
  const lists = [...withComments.matchAll(/"!\.\.\/\{(\S+\/\S+)\}\.ts"/g)].map(([, list = '']) => list.split(','))
  expect(lists).toEqual([expect.arrayContaining(doors), expect.arrayContaining(doors)])
})

test('every exception from a rule carries its reason on the same line', async () => {
  const bare: string[] = []
  for await (const file of glob('{contract,server,connectors,client,web,bench,e2e}/**/*.{ts,tsx,mjs}', { cwd: root })) {
    if (file.includes('node_modules')) continue
    const lines = (await readFile(path.join(root, file), 'utf8')).split('\n')
    lines.forEach((line, i) => {
      if (/(\/\/|\/\*) *(oxlint|eslint)-disable/.test(line) && !/ -- \S+/.test(line)) bare.push(`${file}:${i + 1}`)
      if (/(\/\/|\/\*) *@ts-(ignore|nocheck|expect-error) *(\*\/)?$/.test(line)) bare.push(`${file}:${i + 1}`)
    })
  }
  expect(bare).toEqual([])
})

function findingsIn(at: string) {
  const codes = report.diagnostics.filter(({ filename }) => filename === at).map(({ code }) => code)
  return [...new Set(codes)]
}

async function plantedFiles(): Promise<Planted[]> {
  const files = await Array.fromAsync(glob('*.ts', { cwd: path.join(import.meta.dirname, 'forbidden') }))
  return Promise.all(
    files.toSorted().map(async (name) => {
      const text = await readFile(path.join(import.meta.dirname, 'forbidden', name), 'utf8')
      const [, at, breaks] = /^\/\/ at: (\S+)\n\/\/ breaks: (\S+)\n/.exec(text) ?? []
      if (!at || !breaks) throw new Error(`${name} must start with "// at:" and "// breaks:"`)
      return { name, at, breaks, text }
    }),
  )
}

function tooLong(): Planted[] {
  const file = 'export const planted = 1\n' + '\n'.repeat(300)
  const body = '  planted.push(1)\n'.repeat(60)
  return [
    { name: 'a file of 301 lines', at: 'server/src/cases/long.ts', breaks: 'eslint(max-lines)', text: file },
    {
      name: 'a function of 62 lines',
      at: 'server/src/cases/long-function.ts',
      breaks: 'eslint(max-lines-per-function)',
      text: `export function plant(planted: number[]) {\n${body}}\n`,
    },
  ]
}

/** What the house allows, so that a rule that refuses everything is noticed too. */
function innocent(): { name: string; at: string; text: string }[] {
  return [
    ['server/src/cases/a.ts', '../patients/patients.ts', 'a feature through its door'],
    ['server/src/cases/b.ts', '../db/client.ts', 'machinery from a feature'],
    ['server/src/cases/c.ts', './queries.ts', 'its own queries from a feature'],
    ['server/src/cases/d.ts', '../events.ts', 'a single file from a feature'],
    ['server/src/cases/e.ts', '@clinicacrm/contract/cases.ts', 'the contract from a feature'],
    ['server/src/calls/a.ts', '@clinicacrm/connectors/index.ts', 'the connectors from calls'],
    ['server/src/settings/a.ts', '@clinicacrm/connectors/index.ts', 'the connectors from settings'],
    ['server/src/telephony/a.ts', '@clinicacrm/connectors/index.ts', 'the connectors from telephony'],
    ['server/src/calls/b.ts', '../lookup/lookup.ts', 'the lookup from calls'],
    ['server/src/lookup/a.ts', '../db/client.ts', 'the database from the lookup'],
    ['server/src/lookup/b.ts', '../events.ts', 'events from the lookup'],
    ['server/src/http/a.ts', '../db/client.ts', 'the database from http'],
    ['server/src/http/b.ts', '../config.ts', 'the config from http'],
    ['server/src/demo.ts', './cases/routes.ts', 'a feature from demo.ts'],
    ['server/src/testing/a.ts', '../cases/queries.ts', 'anything from testing'],
    ['server/src/cases/a.test.ts', '../testing/harness.ts', 'testing from a test'],
    ['bench/a.ts', '../server/src/lookup/queries.ts', 'anything of the server from bench'],
    ['e2e/a.ts', '@clinicacrm/contract/cases.ts', 'the contract from e2e'],
    ['contract/src/a.ts', 'libphonenumber-js/max', 'the phone library from the contract'],
    ['contract/src/a.test.ts', 'node:fs', 'Node from a test of the contract'],
    ['connectors/src/five9/a.ts', '../connector.ts', 'the shape from a connector'],
    ['connectors/src/five9/b.ts', 'node:crypto', 'signatures from a connector'],
    ['web/src/cases/a.ts', '../ui/button.tsx', 'ui from a feature of web'],
    ['web/src/desk/a.ts', '../cases/open-cases.tsx', 'a feature from the desk'],
    ['web/src/ui/a.ts', '@mantine/core', 'Mantine from ui'],
  ].map(([at = '', from = '', name = '']) => ({ name, at, text: `export { one } from '${from}'\n` }))
}

async function lint(files: { at: string; text: string }[]): Promise<Report> {
  const tree = await mkdtemp(path.join(tmpdir(), 'forbidden-'))
  await symlink(path.join(root, 'node_modules'), path.join(tree, 'node_modules'))
  for (const file of settings) await cp(path.join(root, file), path.join(tree, file))
  for (const workspace of workspaces) {
    await mkdir(path.join(tree, workspace))
    const tsconfig = { extends: '../tsconfig.base.json', include: ['.'] }
    await writeFile(path.join(tree, workspace, 'tsconfig.json'), JSON.stringify(tsconfig))
  }
  for (const { at, text } of files) {
    await mkdir(path.dirname(path.join(tree, at)), { recursive: true })
    await writeFile(path.join(tree, at), text)
  }
  const answer = await new Promise<Report>((resolve, reject) => {
    const oxlint = path.join(root, 'node_modules/oxlint/bin/oxlint')
    execFile(process.execPath, [oxlint, '--format=json', '.'], { cwd: tree, maxBuffer: 64e6 }, (_failed, out, err) => {
      try {
        resolve(JSON.parse(out))
      } catch {
        reject(new Error(`oxlint did not answer in JSON: ${out}${err}`))
      }
    })
  })
  await rm(tree, { recursive: true })
  return answer
}
