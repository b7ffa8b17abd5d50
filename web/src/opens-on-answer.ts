import { usePreference } from './use-preference.ts'

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'

/** Whether an answered call's case opens at once; some rather keep the page they are on. */
export const useOpensOnAnswer = () => usePreference('opens_on_answer', isBoolean, true)
