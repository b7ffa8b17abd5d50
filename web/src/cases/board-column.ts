import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { onceEach } from '../once-each.ts'

type Pending = ReadonlyMap<string, { before: CaseView; after: CaseView }>

/** One column with the moves that are on their way, as if they had arrived: its cards, due first, and how many there are. */
export function columnWith(status: string, loaded: readonly CaseView[], count: number, pending: Pending) {
  const unique = onceEach(loaded)
  const moves = [...pending.values()]
  const staying = unique.filter(({ id }) => !pending.has(id))
  const arriving = moves.map(({ after }) => after).filter((kase) => kase.status === status)
  const net = moves.filter(({ before, after }) => before.status !== after.status)
  const left = net.filter(({ before }) => before.status === status && isStillCounted(before, unique)).length
  const came = net.filter(({ after }) => after.status === status && !isCounted(after, unique)).length
  return {
    cards: arriving.length ? [...staying, ...arriving].toSorted(byDue) : staying,
    count: Math.max(0, count - left + came),
  }
}

/** The server may already know of a move whose answer is still on its way. */
const isStillCounted = ({ id, version }: CaseView, loaded: readonly CaseView[]) =>
  loaded.some((kase) => kase.id === id && kase.version <= version)
const isCounted = ({ id, version }: CaseView, loaded: readonly CaseView[]) =>
  loaded.some((kase) => kase.id === id && kase.version > version)

/** As the server orders a board: due first, without a date last. */
function byDue(one: CaseView, other: CaseView): number {
  if (one.follow_up_date === other.follow_up_date) return Number(one.id) - Number(other.id)
  if (one.follow_up_date === null) return 1
  if (other.follow_up_date === null) return -1
  return Date.parse(one.follow_up_date) - Date.parse(other.follow_up_date)
}
