import { signOut as endSession } from '@clinicacrm/contract/session.ts'
import { useState } from 'react'
import { draftsOf, forgetDraftsOf } from '../drafts.ts'
import { currentLocale } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import { useCall } from '../query.ts'
import { useMe } from '../session.ts'

export type SignOut = { isAsking: boolean; drafts: number; ask(): void; stay(): void; go(): Promise<void> }

/** Leaves nothing of patients behind in a browser that others may use, and asks first if that would lose something typed. */
export function useSignOut(): SignOut {
  const { user } = useMe()
  const leave = useCall(endSession)
  const [drafts, setDrafts] = useState(0)

  async function go() {
    await leave.mutateAsync({})
    forgetDraftsOf(user.id)
    // A fresh page: whatever was read is gone from memory, too.
    location.assign(`${preloaded.base_path}/${currentLocale()}/sign-in`)
  }
  return {
    isAsking: drafts > 0,
    drafts,
    ask() {
      const unsaved = draftsOf(user.id).length
      if (unsaved > 0) setDrafts(unsaved)
      else void go()
    },
    stay: () => setDrafts(0),
    go,
  }
}
