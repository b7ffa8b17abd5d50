export { createDeliveries } from './deliveries.ts'
export { type Recording, recordCall, trialPrefix } from './record.ts'
