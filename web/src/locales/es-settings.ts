import connectors from './es/connectors.json' with { type: 'json' }
import requests from './es/requests.json' with { type: 'json' }
import settings from './es/settings.json' with { type: 'json' }
import sign_in from './es/sign_in.json' with { type: 'json' }
import telephony from './es/telephony.json' with { type: 'json' }
import webhooks from './es/webhooks.json' with { type: 'json' }

export const texts = { requests, settings, sign_in, telephony, connectors, webhooks }
