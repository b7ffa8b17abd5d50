import { localStorageColorSchemeManager, type MantineColorScheme, type MantineColorSchemeManager } from '@mantine/core'
import { preloaded } from './preloaded.ts'

const stored = localStorageColorSchemeManager({ key: 'clinicacrm.scheme' })

/**
 * Light, dark or like the system: chosen in this browser, or else in the user's profile. A cookie tells the server, so
 * that the first paint of the next page is right.
 */
export const appearance: MantineColorSchemeManager = {
  ...stored,
  get: () => stored.get(chosenInProfile()),
  set(scheme) {
    stored.set(scheme)
    tellServer(scheme)
  },
  clear() {
    stored.clear()
    tellServer('auto')
  },
}

function chosenInProfile(): MantineColorScheme {
  const chosen = preloaded.session?.user.preferences.color_scheme
  return chosen === 'light' || chosen === 'dark' ? chosen : 'auto'
}

function tellServer(scheme: MantineColorScheme) {
  const age = scheme === 'auto' ? 0 : 365 * 24 * 3600
  const secure = location.protocol === 'https:' ? ';Secure' : ''
  document.cookie = `clinicacrm_scheme=${scheme};Path=${preloaded.base_path}/;Max-Age=${age};SameSite=Lax${secure}`
}
