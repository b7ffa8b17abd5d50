export { createDeliveries } from './deliveries.ts'
export { isSandbox, sandboxReply } from './sandbox.ts'
export { type Recording, recordCall, trialPrefix } from './record.ts'
