import connectors from './en/connectors.json' with { type: 'json' }
import requests from './en/requests.json' with { type: 'json' }
import settings from './en/settings.json' with { type: 'json' }
import sign_in from './en/sign_in.json' with { type: 'json' }
import telephony from './en/telephony.json' with { type: 'json' }
import webhooks from './en/webhooks.json' with { type: 'json' }

export const texts = { requests, settings, sign_in, telephony, connectors, webhooks }
