import type { CallEventReply, OwnCallEvent } from '@clinicacrm/contract/calls.ts'
import type { Language } from './connector.ts'

/** A card as it appears: enough to announce it in the platform's own way, nothing of treatments. */
export type ShownCall = {
  provider: string
  call_id: string
  /** Null until it is clear who calls. */
  name: string | null
  /** The whole address of the case, or of where the call leads. */
  url: string
}

/**
 * What a page of ours offers the library of a platform. A connector's `panel.ts` runs in the platform's frame
 * (`/embed/<connector>`), its `softphone.ts` in a window of ours that holds the platform's telephone
 * (`/<language>/phone/<connector>`); both export `attach`, and run in the agent's own session: no key is anywhere.
 */
export type PageHost = {
  /** With what the platform filled in. */
  address: URL
  language: Language
  /** Of the connector, without secrets. */
  settings: Readonly<Record<string, unknown>>
  /** Where the platform's telephone may be put; in a frame, nowhere. */
  container: HTMLElement | null
  /** Tells what happens to a call of this agent's; the card comes by itself. Without a number, the one that was looked up for the call counts. */
  report(event: OwnCallEvent): Promise<CallEventReply>
  /** Both return how to stop. */
  onShown(handler: (call: ShownCall) => void): () => void
  /** Somebody wants to call this number, in E.164. */
  onDial(handler: (number: string) => void): () => void
  /** Something is wrong that the agent should read; null: no longer. */
  complain(problem: 'not_connected' | 'number_unknown' | null): void
}

export type Attach = (host: PageHost) => void | Promise<void>
