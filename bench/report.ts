import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { goalsOf } from './goals.ts'
import type { ImportRound } from './imports.ts'
import type { Figures } from './measure.ts'
import { median, medianOf, type Pair, pairsOf, ratioOf, type Round } from './pairs.ts'
import type { FirstAnswer } from './start.ts'

export type Results = { rounds: Round[]; imports: ImportRound[]; starts: FirstAnswer[]; postgres: string }
const resultsFolder = fileURLToPath(new URL('results/', import.meta.url))

export function writeResults(results: Results): void {
  mkdirSync(resultsFolder, { recursive: true })
  const file = `${resultsFolder}${new Date().toISOString().replace(/[:.]/g, '-')}.json`
  writeFileSync(file, `${JSON.stringify({ machine: machineOf(results), ...results }, null, 2)}\n`)
  process.stdout.write(`\nEvery round: ${file}\n`)
}

/** Medians over the rounds. A ratio is the median of the ratios of neighbours in time, which share the machine's mood. */
export function printReport(results: Results): void {
  const pairs = pairsOf(results.rounds)
  process.stdout.write(`\n${machineOf(results)}\n`)
  const columns =
    'patients conns kind req/s floor ratio p50 floor p99 floor ratio server-µs floor pg-µs floor MiB floor'
  table([columns.split(' '), ...pairs.map(row)])
  process.stdout.write(`\n${noiseOf(pairs)}\n${refusalsOf(results.rounds)}\n`)
  table([['goal', 'wanted', 'measured', ''], ...goalsOf(pairs, results.imports, results.starts)], true)
}

function row(pair: Pair): string[] {
  const { lookup, floor } = pair
  const both = (figure: keyof Figures, digits: number) =>
    [lookup, floor].map((rounds) => medianOf(rounds, figure).toFixed(digits))
  const { patients, connections, kind } = pair
  return [
    patients.toLocaleString('en'),
    String(connections),
    kind,
    ...both('rate', 0),
    ratioOf(pair, 'rate').toFixed(2),
    ...both('p50', 2),
    ...both('p99', 2),
    ratioOf(pair, 'p99').toFixed(2),
    ...both('server', 0),
    ...both('postgres', 0),
    ...both('residentMiB', 0),
  ]
}

/** How far apart equal rounds of the floor are: what is smaller than this was not seen. */
function noiseOf(pairs: Pair[]): string {
  const spread = (figure: keyof Figures) =>
    median(
      pairs.map(({ floor }) => {
        const values = floor.map((round) => round[figure])
        return (Math.max(...values) - Math.min(...values)) / median(values)
      }),
    )
  const [rate, server] = [spread('rate'), spread('server')].map((share) => `${Math.round(share * 100)} %`)
  return `Noise: from the floor's worst round to its best, requests/s differ by ${rate} and server CPU by ${server} (median).`
}

function refusalsOf(rounds: Round[]): string {
  const sum = (figure: 'refused' | 'answers') => rounds.reduce((total, round) => total + round[figure], 0)
  return `Correct: every status and a sample of the cases. Refused (503): ${sum('refused')} of ${sum('answers')}.`
}

function machineOf({ postgres }: Pick<Results, 'postgres'>): string {
  const model = /^model name\s*: (.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? cpus()[0]?.model ?? '?'
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
  return `${model}, ${cpus().length} processors, ${memory}; Node ${process.versions.node}, PostgreSQL ${postgres}`
}

/** Right-aligned columns, or left-aligned ones for words. */
export function table(rows: string[][], words = false): void {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((cells) => cells[i]!.length)))
  const pad = (cell: string, i: number) => (words ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))
  process.stdout.write(`\n${rows.map((cells) => cells.map(pad).join('  ').trimEnd()).join('\n')}\n`)
}
