export type NewCaseSearch = {
  /** The caller's number, as a phone system wrote it into the address. */
  phone?: string
  /** Another case of somebody who is known. */
  patient_id?: string
  /** The call that the case comes from, and what is known of it. */
  call_id?: string
  clinic?: string
  channel?: string
  origin?: string
  campaign?: string
}

const ids = ['patient_id', 'call_id'] as const
const texts = ['clinic', 'channel', 'origin', 'campaign'] as const

/** A plus that nobody escaped arrives as a space: `?phone=+39…`. */
export function readNewCaseSearch(search: Record<string, unknown>): NewCaseSearch {
  const textOf = (name: string) => (typeof search[name] === 'string' ? search[name] : '')
  const number = textOf('phone')
    .replace(/^ (?=\d)/, '+')
    .trim()
  return {
    ...(number && { phone: number.slice(0, 200) }),
    ...Object.fromEntries(
      ids.filter((name) => /^[1-9]\d{0,17}$/.test(textOf(name))).map((name) => [name, textOf(name)]),
    ),
    ...Object.fromEntries(texts.filter((name) => textOf(name)).map((name) => [name, textOf(name).slice(0, 200)])),
  }
}
