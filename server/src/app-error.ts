import { errors, verbatim, type ErrorCode } from '@clinicacrm/contract/errors.ts'

/** Expected trouble: a code from the contract, a sentence that helps the caller, and details that travel with it. */
export class AppError extends Error {
  override name = 'AppError'
  readonly code: ErrorCode
  readonly details: Record<string, unknown>
  readonly headers: Record<string, string>

  constructor(
    code: ErrorCode,
    message: string,
    details: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    super(message)
    this.code = code
    this.details = details
    this.headers = headers
  }

  get status(): number {
    return errors[this.code].status
  }

  /** The guide's shape; a 401 says nothing but that. */
  get body(): Record<string, unknown> {
    const { error } = errors[this.code]
    if (this.code === 'unauthorized') return { error }
    if (verbatim.has(this.code)) return { error, message: this.message }
    return { error, message: this.message, code: this.code, ...this.details }
  }
}

export type WrongField = { field: string; message: string }

/** A refusal that names what is wrong, field by field. */
export const wrongFields = (...fields: WrongField[]): AppError =>
  new AppError('invalid_request', fields.map(({ field, message }) => `${field}: ${message}`).join('; '), { fields })
