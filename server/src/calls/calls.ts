export { callsVisibleTo } from './queries.ts'
export { createDeliveries, type Deliveries } from './deliveries.ts'
export { type Recording, recordCall } from './record.ts'
export { resolve as resolvePop } from './resolve.ts'
