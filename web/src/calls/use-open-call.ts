import type { CallView } from '@clinicacrm/contract/calls.ts'
import type { PopView } from '@clinicacrm/contract/pops.ts'
import { useNavigate } from '@tanstack/react-router'
import { currentLocale } from '../i18n.ts'
import { newCaseFor, type Way, wayOf } from './pop-state.ts'
import { mark } from './pops.ts'

/** Goes to where a call leads. Answers whether it leads anywhere before somebody says who calls. */
export function useOpenCall() {
  const navigate = useNavigate()
  async function go(way: Way, id: string) {
    void mark(id, 'opened')
    const params = { locale: currentLocale() }
    if (way.to === 'case') await navigate({ to: '/$locale/cases/$id', params: { ...params, id: way.id } })
    else await navigate({ to: '/$locale/cases/new', params, search: way.search })
  }
  return {
    open(call: CallView): boolean {
      const way = wayOf(call)
      if (way) void go(way, call.id)
      return way !== null
    },
    /** Where it is asked who called, long after it rang. */
    openChoice(call: CallView): void {
      void mark(call.id, 'opened')
      void navigate({ to: '/$locale/pop', params: { locale: currentLocale() }, search: { call_id: call.id } })
    },
    openNewCase: ({ call }: Pick<PopView, 'call'>) => void go(newCaseFor(call), call.id),
  }
}
