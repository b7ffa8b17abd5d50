import { createTransport } from 'nodemailer'
import type { Config, Locale } from '../config.ts'
import type { Events } from '../events.ts'

/** Whole sentences, already in the reader's language. What people typed into them is put there by `spoken`. */
export type Letter = {
  to: string
  locale: Locale
  subject: string
  paragraphs: string[]
  /** What to press, and where it leads. */
  action: { label: string; url: string }
  /** Below: until when it works, what to do if it was not meant for you. */
  closing: string[]
}
export type Mail = {
  /** False when no server took it: then somebody must hand the link over. */
  send(letter: Letter): Promise<boolean>
  /** Sends without making anybody wait, or notice by the time it takes. */
  sendLater(letter: Promise<Letter | null>): void
  /** Resolves when nothing waits to be sent. */
  flush(): Promise<void>
}

/** Somebody is looking at a page meanwhile. */
const patience = { dnsTimeout: 4_000, connectionTimeout: 4_000, greetingTimeout: 4_000, socketTimeout: 8_000 }

export function createMail(smtp: Config['smtp'], events: Events): Mail | null {
  if (!smtp) return null
  const transport = createTransport(
    { url: smtp.url, ...patience, disableFileAccess: true, disableUrlAccess: true },
    { from: smtp.from, headers: { 'Auto-Submitted': 'auto-generated' } },
  )
  const leaving = new Set<Promise<unknown>>()

  async function send(letter: Letter) {
    const { to, subject } = letter
    try {
      await transport.sendMail({
        // An address, never a text to be read as several.
        to: { name: '', address: to },
        subject: oneLine(subject),
        text: asText(letter),
        html: asHtml(letter),
      })
      return true
    } catch (error) {
      events.mailFailed(error as Error)
      return false
    }
  }

  return {
    send,
    sendLater(letter) {
      const sent = letter.then((written) => written && send(written), events.databaseFailed)
      leaving.add(sent)
      void sent.finally(() => leaving.delete(sent))
    },
    flush: async () => void (await Promise.all(leaving)),
  }
}

/** A name as it may stand in a sentence: one line, and no mark that turns the sentence around it. */
export const spoken = (name: string): string =>
  oneLine(name.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ''))

const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

const asText = ({ paragraphs, action, closing }: Letter) =>
  [...paragraphs, `${action.label}:\n${action.url}`, ...closing].join('\n\n') + '\n'

function asHtml({ locale, subject, paragraphs, action, closing }: Letter) {
  const p = (text: string, style = '') => `<p style="margin:0 0 16px;${style}">${escaped(text)}</p>`
  const url = escaped(action.url)
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><title>${escaped(oneLine(subject))}</title></head>
<body style="margin:0;padding:24px;background:#f5f7f8;color:#1a2b33;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:520px;margin:0 auto;padding:32px;background:#fff;border:1px solid #dde4e7;border-radius:8px">
${paragraphs.map((text) => p(text)).join('\n')}
<p style="margin:24px 0"><a href="${url}" style="display:inline-block;padding:12px 20px;background:#0b6e6e;color:#fff;border-radius:6px;text-decoration:none">${escaped(action.label)}</a></p>
<p style="margin:0 0 16px;font-size:13px;color:#5b6b73;word-break:break-all">${url}</p>
${closing.map((text) => p(text, 'font-size:13px;color:#5b6b73')).join('\n')}
</div></body></html>
`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replace(/[&<>"']/g, (mark) => entities[mark]!)
