import { useMe } from '../session.ts'

/** What this person may change here: for their clinics, and for all of them. */
export function useTelephonyRights(): { mayChange: boolean; mayChangeAll: boolean } {
  const { may, all_clinics } = useMe()
  const mayChange = may('telephony:write')
  return { mayChange, mayChangeAll: mayChange && all_clinics }
}
