import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { useMe } from '../session.ts'
import { useColleagues } from './case-queries.ts'
import { shortening } from './short-names.ts'

type Facts = {
  /** The zone in which a case's clinic reads its clock. */
  zoneOf(kase: Pick<CaseView, 'clinic_id'>): string
  /** How to call whoever a case is assigned to: colleagues by name, anybody else as it was written. */
  personNamed(assigned: string): string
  /** A clinic without the words that all clinics of the house begin with. */
  shortClinic(name: string): string
}

const usualZone = 'Europe/Rome'
const Context = createContext<Facts>({
  zoneOf: () => usualZone,
  personNamed: (assigned) => assigned,
  shortClinic: (name) => name,
})

/** What every row asks, asked once for the page. */
export const useFacts = (): Facts => use(Context)

export function FactsProvider({ children }: { children: ReactNode }) {
  const { user, clinics, may } = useMe()
  const { data: colleagues } = useColleagues(may('directory:read'))
  const facts = useMemo(() => {
    const zones = new Map(clinics.map(({ id, zone }) => [id, zone]))
    const names = new Map(colleagues?.map(({ email, name }) => [email, name]))
    names.set(user.email, user.name)
    return {
      zoneOf: ({ clinic_id }: Pick<CaseView, 'clinic_id'>) => zones.get(clinic_id) ?? usualZone,
      personNamed: (assigned: string) => names.get(assigned) ?? assigned,
      shortClinic: shortening(clinics.map(({ name }) => name)),
    }
  }, [user, clinics, colleagues])
  return <Context value={facts}>{children}</Context>
}
