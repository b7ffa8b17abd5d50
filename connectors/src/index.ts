import { aircall } from './aircall/connector.ts'
import { amazonConnect } from './amazon-connect/connector.ts'
import { asterisk } from './asterisk/connector.ts'
import type { Connector } from './connector.ts'
import { ctiPush } from './cti-push/connector.ts'
import { five9 } from './five9/connector.ts'
import { genesysCloud } from './genesys-cloud/connector.ts'
import { nethvoice } from './nethvoice/connector.ts'
import { niceCxone } from './nice-cxone/connector.ts'
import { ownJson } from './own-json/connector.ts'
import { ringcx } from './ringcx/connector.ts'
import { talkdesk } from './talkdesk/connector.ts'
import { threeCx } from './3cx/connector.ts'
import { twilioFlex } from './twilio-flex/connector.ts'
import { webex } from './webex/connector.ts'
import { wildix } from './wildix/connector.ts'
import { zoomContactCenter } from './zoom-contact-center/connector.ts'

/** Every connector, one line each. */
export const connectors: readonly Connector[] = [
  ownJson,
  ctiPush,
  genesysCloud,
  amazonConnect,
  twilioFlex,
  five9,
  threeCx,
  asterisk,
  aircall,
  niceCxone,
  talkdesk,
  ringcx,
  zoomContactCenter,
  webex,
  wildix,
  nethvoice,
]

export const connectorNamed = (name: string): Connector | null =>
  connectors.find((connector) => connector.name === name) ?? null
