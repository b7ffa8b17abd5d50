import { getFrontDoor } from '@clinicacrm/contract/session.ts'
import { useQuery } from '@tanstack/react-query'
import { queryOf } from '../query.ts'

/** What the pages before the sign-in need to know of this installation. */
export const useFrontDoor = () => useQuery(queryOf(getFrontDoor, {}))
