export type NewCaseSearch = {
  /** The caller's number, as a phone system wrote it into the address. */
  phone?: string
  /** Another case of somebody who is known. */
  patient_id?: string
}

/** A plus that nobody escaped arrives as a space: `?phone=+39…`. */
export function readNewCaseSearch({ phone, patient_id }: Record<string, unknown>): NewCaseSearch {
  const number = typeof phone === 'string' ? phone.replace(/^ (?=\d)/, '+').trim() : ''
  return {
    ...(number && { phone: number.slice(0, 200) }),
    ...(typeof patient_id === 'string' && /^[1-9]\d{0,17}$/.test(patient_id) && { patient_id }),
  }
}
