import type { ImportRound } from './imports.ts'
import { median, medianOf, type Pair, ratioOf } from './pairs.ts'
import type { FirstAnswer } from './start.ts'

type Goal = { name: string; wanted: number; atLeast?: true; unit?: string; digits?: number; found: number[] }

/** What is promised, what was measured (from the best to the worst kind and size), and whether the worst keeps it. */
export function goalsOf(pairs: Pair[], imports: ImportRound[], starts: FirstAnswer[]): string[][] {
  const goals: Goal[] = [
    ...rates(pairs),
    ...tails(pairs),
    ...budgets(pairs),
    flatness(pairs),
    { name: 'memory of the server', wanted: 200, unit: ' MiB', digits: 0, found: residents(pairs) },
    ...Array.from(
      Map.groupBy(starts, ({ situation }) => situation),
      ([situation, of]) => ({
        name: `first answer, ${situation}`,
        wanted: 2,
        unit: ' s',
        found: [median(of.map(({ ms }) => ms / 1_000))],
      }),
    ),
    {
      name: 'import, share of raw copy',
      wanted: 0.2,
      atLeast: true,
      found: imports.length ? [median(imports.map(({ program, copy }) => program / copy))] : [],
    },
  ]
  return goals.filter(({ found }) => found.length).map(line)
}

function rates(pairs: Pair[]): Goal[] {
  const wanted = { 1: 0.75, 16: 0.85, 64: 1 }
  return Object.entries(wanted).map(([connections, ratio]) => ({
    name: `throughput of the floor's at ${connections}`,
    wanted: ratio,
    atLeast: true,
    found: at(pairs, Number(connections)).map((pair) => ratioOf(pair, 'rate')),
  }))
}

function tails(pairs: Pair[]): Goal[] {
  return [1, 16, 64].map((connections) => ({
    name: `p99 of the floor's at ${connections}`,
    wanted: 1.5,
    found: at(pairs, connections).map((pair) => ratioOf(pair, 'p99')),
  }))
}

function budgets(pairs: Pair[]): Goal[] {
  const of = (figure: 'server' | 'postgres') => at(pairs, 16).map(({ lookup }) => medianOf(lookup, figure))
  return [
    { name: 'server CPU of a lookup at 16', wanted: 150, unit: ' µs', digits: 0, found: of('server') },
    { name: 'PostgreSQL CPU of a lookup at 16', wanted: 75, unit: ' µs', digits: 0, found: of('postgres') },
  ]
}

/** CPU of server and PostgreSQL together: requests/s also tell of the load generator. */
function flatness(pairs: Pair[]): Goal {
  const cost = ({ lookup }: Pair) => medianOf(lookup, 'server') + medianOf(lookup, 'postgres')
  const kinds = Map.groupBy(at(pairs, 16), ({ kind }) => kind)
  const found = [...kinds.values()].filter((of) => of.length > 1).map((of) => cost(of.at(-1)!) / cost(of[0]!))
  return { name: 'CPU on the largest dataset of that on the smallest', wanted: 1.1, found }
}

const residents = (pairs: Pair[]) => pairs.map(({ lookup }) => medianOf(lookup, 'residentMiB'))
const at = (pairs: Pair[], connections: number) => pairs.filter((pair) => pair.connections === connections)

function line({ name, wanted, atLeast, unit = '', digits = 2, found }: Goal): string[] {
  const sorted = found.toSorted((a, b) => (atLeast ? b - a : a - b))
  const [best, worst] = [sorted[0]!, sorted.at(-1)!]
  const range = best === worst ? worst.toFixed(digits) : `${best.toFixed(digits)} … ${worst.toFixed(digits)}`
  const kept = atLeast ? worst >= wanted : worst <= wanted
  return [name, `${atLeast ? '≥' : '≤'} ${wanted}${unit}`, `${range}${unit}`, kept ? 'kept' : 'MISSED']
}
