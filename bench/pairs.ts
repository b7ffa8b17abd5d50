import type { Figures } from './measure.ts'
import type { Kind } from './questions.ts'

export type Round = Figures & { target: string; patients: number; kind: Kind; connections: number }
/** The rounds of one load on one dataset, ours and the floor's, in the same order. */
export type Pair = { patients: number; kind: Kind; connections: number; lookup: Round[]; floor: Round[] }

export function pairsOf(rounds: Round[]): Pair[] {
  const groups = Map.groupBy(rounds, ({ patients, connections, kind }) => `${patients}/${connections}/${kind}`)
  return [...groups.values()].map((of) => {
    const { patients, kind, connections } = of[0]!
    const by = (name: string) => of.filter(({ target }) => target === name)
    return { patients, kind, connections, lookup: by('lookup'), floor: by('floor') }
  })
}

export const medianOf = (rounds: Round[], figure: keyof Figures): number => median(rounds.map((round) => round[figure]))

export const ratioOf = ({ lookup, floor }: Pair, figure: keyof Figures): number =>
  median(lookup.map((round, i) => round[figure] / floor[i]![figure]))

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
