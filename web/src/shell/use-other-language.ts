import { saveProfile } from '@clinicacrm/contract/profile.ts'
import { useRouter } from '@tanstack/react-router'
import { type Locale, localeOfPath } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import { useCall } from '../query.ts'
import { rememberSession } from '../session.ts'

/** Shows the same page in another language, and keeps it as the user's own. */
export function useOtherLanguage(): (locale: Locale) => Promise<void> {
  const router = useRouter()
  const profile = useCall(saveProfile)
  return async (locale) => {
    const { pathname, searchStr, hash } = router.state.location
    const rest = localeOfPath(pathname) ? pathname.split('/').slice(2).join('/') : ''
    profile.mutate({ body: { locale } }, { onSuccess: rememberSession })
    router.history.replace(`${preloaded.base_path}/${locale}/${rest}${searchStr}${hash && `#${hash}`}`)
    await router.load()
  }
}
