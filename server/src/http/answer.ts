/** An answer other than the endpoint's usual one: another status, another content type, cookies, a stream. */
export class Answer {
  readonly status: number
  readonly body: unknown
  readonly contentType: string | undefined
  readonly cookies: string[]
  readonly headers: Record<string, string>
  constructor(
    status: number,
    body: unknown,
    contentType?: string,
    cookies: string[] = [],
    headers: Record<string, string> = {},
  ) {
    this.status = status
    this.body = body
    this.contentType = contentType
    this.cookies = cookies
    this.headers = headers
  }
}
