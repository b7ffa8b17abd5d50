import call_log from './en/call_log.json' with { type: 'json' }
import callbacks from './en/callbacks.json' with { type: 'json' }
import ring from './en/ring.json' with { type: 'json' }
import wallboard from './en/wallboard.json' with { type: 'json' }

export const texts = { call_log, callbacks, ring, wallboard }
