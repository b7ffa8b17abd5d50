import { saveProfile } from '@clinicacrm/contract/profile.ts'
import { call } from './api.ts'
import { rememberSession, useMe } from './session.ts'
import { storage } from './storage.ts'

/** How somebody likes a page, wherever they sign in; kept in this browser when the server cannot keep it. */
export function usePreference<T>(name: string, isValid: (value: unknown) => value is T, usual: T) {
  const { may: _may, ...session } = useMe()
  const stored = session.user.preferences[name] ?? readLocal(name)
  const set = async (value: T | null) => {
    const preferences = { ...session.user.preferences, [name]: value }
    rememberSession({ ...session, user: { ...session.user, preferences } })
    try {
      rememberSession(await call(saveProfile, { body: { preferences: { [name]: value } } }))
      writeLocal(name, null)
    } catch {
      writeLocal(name, value)
    }
  }
  return [isValid(stored) ? stored : usual, set] as const
}

const prefix = 'clinicacrm.'

function readLocal(name: string): unknown {
  try {
    return JSON.parse(storage.get(prefix + name) ?? 'null')
  } catch {
    return null
  }
}

function writeLocal(name: string, value: unknown) {
  if (value === null) storage.remove(prefix + name)
  else storage.set(prefix + name, JSON.stringify(value))
}
