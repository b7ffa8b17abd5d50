import { currentLocale, useT } from './i18n.ts'
import { preloaded } from './preloaded.ts'
import { useMe } from './session.ts'
import { toast } from './ui/toast.tsx'

/** The telephones that whoever is here may open, each in a window of its own. */
export function usePhones() {
  const t = useT()
  return useMe().phones.map(({ connector, title }) => ({
    connector,
    title,
    open() {
      if (!openPhone(connector)) toast({ text: t('shell.phone.blocked'), isTrouble: true })
    },
  }))
}

/**
 * A platform's telephone in a small window of its own. One that is open already comes to the front as it is: to load it
 * again would hang up. Answers whether the browser allowed it.
 */
function openPhone(connector: string): boolean {
  const phone = window.open('', `clinicacrm-phone-${connector}`, 'popup,width=380,height=640')
  if (!phone) return false
  if (isEmpty(phone)) phone.location.replace(`${preloaded.base_path}/${currentLocale()}/phone/${connector}`)
  phone.focus()
  return true
}

/** A telephone that has gone on to a site of its platform's, to sign in, does not let itself be read. */
function isEmpty({ location }: Window): boolean {
  try {
    return location.href === 'about:blank'
  } catch {
    return false
  }
}
