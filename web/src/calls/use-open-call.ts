import type { CallView } from '@clinicacrm/contract/calls.ts'
import type { PopView } from '@clinicacrm/contract/pops.ts'
import { type NavigateOptions, useRouter } from '@tanstack/react-router'
import { currentLocale } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import { newCaseFor, type Way, wayOf } from './pop-state.ts'
import { mark } from './pops.ts'

/** Goes to where a call leads. Answers whether it leads anywhere before somebody says who calls. */
export function useOpenCall() {
  const router = useRouter()
  /** A panel in a platform's frame has no room for pages: they open in a tab of their own, in the window's own session. */
  function goTo(page: NavigateOptions) {
    if (preloaded.frame) window.open(router.buildLocation(page).publicHref, '_blank', 'noopener')
    else void router.navigate(page)
  }
  function go(way: Way, id: string) {
    void mark(id, 'opened')
    goTo(pageOf(way))
  }
  return {
    open(call: CallView): boolean {
      const way = wayOf(call)
      if (way) go(way, call.id)
      return way !== null
    },
    /** Where it is asked who called, long after it rang. */
    openChoice(call: CallView): void {
      void mark(call.id, 'opened')
      goTo(choiceFor(call))
    },
    /** The whole address of where it leads, for another site to open. */
    addressOf(call: CallView): string {
      const way = wayOf(call)
      const { publicHref } = router.buildLocation(way ? pageOf(way) : choiceFor(call))
      return new URL(publicHref, location.origin).href
    },
    openNewCase: ({ call }: Pick<PopView, 'call'>) => go(newCaseFor(call), call.id),
  }
}

function pageOf(way: Way): NavigateOptions {
  const params = { locale: currentLocale() }
  return way.to === 'case'
    ? { to: '/$locale/cases/$id', params: { ...params, id: way.id } }
    : { to: '/$locale/cases/new', params, search: way.search }
}

const choiceFor = ({ id }: CallView): NavigateOptions => ({
  to: '/$locale/pop',
  params: { locale: currentLocale() },
  search: { call_id: id },
})
