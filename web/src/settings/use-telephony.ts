import { useMe } from '../session.ts'

type Rights = {
  /** Something here: what belongs to their clinics. */
  mayChange: boolean
  /** Everything, also what belongs to all clinics. */
  mayChangeAll: boolean
  mayChangeFor(clinicId: string | null): boolean
}

/** What this person may change here. */
export function useTelephonyRights(): Rights {
  const { may, all_clinics, clinics } = useMe()
  const mayChange = may('telephony:write')
  return {
    mayChange,
    mayChangeAll: mayChange && all_clinics,
    mayChangeFor: (clinicId) => mayChange && (all_clinics || clinics.some(({ id }) => id === clinicId)),
  }
}
