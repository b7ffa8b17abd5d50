import call_log from './it/call_log.json' with { type: 'json' }
import callbacks from './it/callbacks.json' with { type: 'json' }
import ring from './it/ring.json' with { type: 'json' }
import wallboard from './it/wallboard.json' with { type: 'json' }

/** What only the call log, the callbacks, the wallboard and the demo’s telephone say. */
export const texts = { call_log, callbacks, ring, wallboard }
