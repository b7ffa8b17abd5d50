import { createCallReader } from '@clinicacrm/connectors/asterisk/calls.ts'
import { type Asterisk, type LinkPace, linkPace, listenToAsterisk } from './asterisk-link.ts'
import { createOutbox, type OutboxPace, outboxPace } from './event-outbox.ts'

type Bridge = {
  asterisk: Asterisk
  /** ClínicaCRM's address, and how to get a key with calls:write. */
  crm: { url: string; key(): Promise<string> }
  extension: RegExp
  say(sentence: string): void
  signal: AbortSignal
  pace?: { link: LinkPace; outbox: OutboxPace }
}

const lastPatienceMs = 5_000

/** Hears from Asterisk, tells ClínicaCRM, until told to stop. What it says holds no numbers of anybody. */
export async function bridgeAsterisk(bridge: Bridge): Promise<void> {
  const { asterisk, crm, extension, say, signal, pace = { link: linkPace, outbox: outboxPace } } = bridge
  const reader = createCallReader({ extension })
  const outbox = createOutbox({
    url: `${crm.url}/api/telephony/events/asterisk`,
    key: crm.key,
    say,
    pace: pace.outbox,
  })
  const hearing = {
    say,
    onReady() {
      say(`Listening to Asterisk at ${asterisk.host}:${asterisk.port}, telling ClínicaCRM at ${crm.url}.`)
      reader.beginListing()
    },
    onMessage: (message: Parameters<typeof reader.read>[0]) => outbox.add(reader.read(message, Date.now())),
  }
  try {
    await listenToAsterisk(asterisk, hearing, { signal, pace: pace.link })
  } finally {
    await outbox.close(lastPatienceMs)
  }
}
