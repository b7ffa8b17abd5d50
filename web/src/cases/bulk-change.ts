import type { BulkBody } from '@clinicacrm/contract/case-lists.ts'

/** What can be changed of many cases at once, one at a time. */
export const bulkKinds = ['assigned_to', 'status', 'follow_up_date', 'dialer_campaign_tag'] as const
export type BulkKind = (typeof bulkKinds)[number]
/** The server changes no more at once. */
export const mostCases = 5_000
export type BulkChange = BulkBody['change']
