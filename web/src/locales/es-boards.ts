import call_log from './es/call_log.json' with { type: 'json' }
import callbacks from './es/callbacks.json' with { type: 'json' }
import ring from './es/ring.json' with { type: 'json' }
import wallboard from './es/wallboard.json' with { type: 'json' }

export const texts = { call_log, callbacks, ring, wallboard }
