import { dispositionCodes, outcomeCodes } from '@clinicacrm/contract/lifecycle.ts'
import type { useT } from '../i18n.ts'

type T = ReturnType<typeof useT>

/** What a disposition says: a code's label, or the text that somebody wrote. */
export const dispositionIn = (t: T, value: string): string =>
  isOneOf(dispositionCodes, value) ? t(`dispositions.codes.${value}`) : value

export const outcomeIn = (t: T, value: string): string =>
  isOneOf(outcomeCodes, value) ? t(`dispositions.outcomes.${value}`) : value

export const isOneOf = <V extends string>(values: readonly V[], value: string): value is V =>
  (values as readonly string[]).includes(value)
