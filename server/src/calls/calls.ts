export { createDeliveries } from './deliveries.ts'
export { type Recording, recordCall } from './record.ts'
