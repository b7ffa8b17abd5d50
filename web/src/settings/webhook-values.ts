import type { WebhookEvent } from '@clinicacrm/contract/webhook-events.ts'
import type { WebhookFields, WebhookView } from '@clinicacrm/contract/webhooks.ts'

export type WebhookValues = { url: string; description: string; events: string[]; clinics: string[] | null }

export const newWebhookValues = (clinics: string[] | null): WebhookValues => ({
  url: '',
  description: '',
  events: [],
  clinics,
})

export const valuesOfWebhook = ({ url, description, events, clinics }: WebhookView): WebhookValues => ({
  url,
  description: description ?? '',
  events,
  clinics,
})

export function bodyOf({ url, description, events, clinics }: WebhookValues): Omit<WebhookFields, 'active'> {
  return { url: url.trim(), description: description.trim() || null, events: events as WebhookEvent[], clinics }
}

/** `https://` is for the server to ask for: it knows whom the operator allows besides. */
export const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

/** What it is called in lists: nobody reads a whole address. */
export function nameOfWebhook({ url, description }: Pick<WebhookView, 'url' | 'description'>): string {
  return description?.split('\n')[0]?.trim() || (URL.canParse(url) ? new URL(url).host : url)
}

export type WebhookState = 'stopped' | 'paused' | 'failing' | 'active'

/** Whether it is told of what changes, and whether it takes it. */
export function stateOfWebhook({ active, stopped_because, failing }: WebhookView): WebhookState {
  if (!active) return stopped_because ? 'stopped' : 'paused'
  return failing > 0 ? 'failing' : 'active'
}

/** The last part of the text's key: a dot would part its path there. */
type KeyOf<Name extends string> = Name extends `${infer Noun}.${infer Act}` ? `${Noun}_${Act}` : never
export const eventText = <Name extends string>(name: Name): KeyOf<Name> => name.replace('.', '_') as KeyOf<Name>
