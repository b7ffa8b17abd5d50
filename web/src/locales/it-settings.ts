import connectors from './it/connectors.json' with { type: 'json' }
import requests from './it/requests.json' with { type: 'json' }
import settings from './it/settings.json' with { type: 'json' }
import sign_in from './it/sign_in.json' with { type: 'json' }
import telephony from './it/telephony.json' with { type: 'json' }
import webhooks from './it/webhooks.json' with { type: 'json' }

/** What only the settings and the ways in say; the other pages do not wait for it. */
export const texts = { requests, settings, sign_in, telephony, connectors, webhooks }
