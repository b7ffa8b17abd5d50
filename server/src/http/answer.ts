/** An answer other than the endpoint's usual one: another status, another content type. */
export class Answer {
  readonly status: number
  readonly body: unknown
  readonly contentType: string | undefined
  constructor(status: number, body: unknown, contentType?: string) {
    this.status = status
    this.body = body
    this.contentType = contentType
  }
}
