export type CallerSide = {
  call_id: string
  direction: 'inbound' | 'outbound'
  from: string
  to: string
}

/**
 * Who calls whom, by the attributes of a task. A call that came in is named by its own id, which the flow knows before there
 * is a task, and which a transfer keeps; for one that an agent makes, the task is there first.
 */
export function sidesOf(taskSid: string, attributes: Readonly<Record<string, unknown>>): CallerSide {
  const said = (...names: string[]) =>
    names.map((name) => attributes[name]).find((value) => typeof value === 'string' && value.trim()) as
      | string
      | undefined
  if (attributes['direction'] === 'outbound')
    return { call_id: taskSid, direction: 'outbound', from: said('from') ?? '', to: said('outbound_to', 'to') ?? '' }
  return {
    call_id: said('call_sid') ?? taskSid,
    direction: 'inbound',
    from: said('from', 'caller') ?? '',
    to: said('called', 'to') ?? '',
  }
}
