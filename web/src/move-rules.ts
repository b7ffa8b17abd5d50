import { classOf, statusNeeds } from '@clinicacrm/contract/lifecycle.ts'

/** What must be said of a case before it can stand there. */
export const needsOf = (status: string): readonly ('follow_up_date' | 'lost_reason')[] =>
  statusNeeds[status as keyof typeof statusNeeds] ?? []

/** Nothing is due any more. */
export const isSettled = (status: string): boolean => ['won', 'lost', 'closed'].includes(classOf(status))
export const isBooked = (status: string): boolean => classOf(status) === 'booked'
