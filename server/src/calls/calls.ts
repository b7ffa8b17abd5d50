export { createDeliveries } from './deliveries.ts'
export { lookedUp } from './looked-up.ts'
export { isSandbox, sandboxReply } from './sandbox.ts'
export { type Recording, forgetTrial, recordCall, trialPrefix } from './record.ts'
