import {
  classOf,
  type StatusClass,
  statusClasses,
  type StatusCode,
  statusCodes,
} from '@clinicacrm/contract/lifecycle.ts'
import type { CasesSearch } from './cases-search.ts'

/*
 * The address may name statuses or what they mean (`class=open`). The bar shows one list of both, and writes the shortest
 * of the two, so that a view of "open" stays one when the lifecycle grows.
 */

const codesOf = (meaning: StatusClass) => statusCodes.filter((code) => classOf(code) === meaning)

/** The statuses that an address lets through; none when it says nothing of them. */
export function chosenStatuses({ status, class: meanings }: CasesSearch): StatusCode[] {
  const ofClasses = meanings?.flatMap(codesOf)
  if (!status || !ofClasses) return status ?? ofClasses ?? []
  return status.filter((code) => ofClasses.includes(code))
}

/** Classes of several statuses that are chosen as a whole. */
export const wholeClasses = (codes: readonly StatusCode[]): StatusClass[] =>
  statusClasses.filter((meaning) => {
    const own = codesOf(meaning)
    return own.length > 1 && own.every((code) => codes.includes(code))
  })

/** What an address says to let these through. */
export function choiceOf(codes: readonly StatusCode[]): { status?: StatusCode[]; class?: StatusClass[] } {
  const meanings = statusClasses.filter((meaning) => codesOf(meaning).every((code) => codes.includes(code)))
  if (meanings.flatMap(codesOf).length === codes.length && codes.length > 0) return { class: meanings }
  return codes.length > 0 ? { status: statusCodes.filter((code) => codes.includes(code)) } : {}
}

export function toggleStatus(codes: readonly StatusCode[], code: StatusCode): StatusCode[] {
  return codes.includes(code) ? codes.filter((one) => one !== code) : [...codes, code]
}

/** All of a class, or none of it when all were chosen. */
export function toggleClass(codes: readonly StatusCode[], meaning: StatusClass): StatusCode[] {
  const own = codesOf(meaning)
  const others = codes.filter((code) => !own.includes(code))
  return own.every((code) => codes.includes(code)) ? others : [...others, ...own]
}
