/** An answer other than the endpoint's usual one: another status, another content type, cookies. */
export class Answer {
  readonly status: number
  readonly body: unknown
  readonly contentType: string | undefined
  readonly cookies: string[]
  constructor(status: number, body: unknown, contentType?: string, cookies: string[] = []) {
    this.status = status
    this.body = body
    this.contentType = contentType
    this.cookies = cookies
  }
}
