import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { ApiError } from './api.ts'
import { readAsking } from './embed/asking.ts'
import { speakOfEmbed } from './i18n.ts'
import { preloaded } from './preloaded.ts'
import { inLocale, root } from './routes-root.tsx'
import { whoIsHere } from './session.ts'

/** In a platform's frame; the server says in whose. */
export const embed = createRoute({
  getParentRoute: () => root,
  path: '/embed/$connector',
  beforeLoad: async () => {
    if (!preloaded.frame) throw saidNothing()
    await speakOfEmbed()
  },
  component: lazyRouteComponent(() => import('./desk/embed-page.tsx'), 'EmbedPage'),
})

/** The window in which somebody signs in to such a frame, as they do to any page. */
export const embedSignIn = createRoute({
  getParentRoute: () => inLocale,
  path: 'embed-sign-in',
  validateSearch: readAsking,
  beforeLoad: async ({ params, location }) => {
    if (!(await whoIsHere()))
      throw redirect({ to: '/$locale/sign-in', params, search: { next: location.href }, replace: true })
    await speakOfEmbed()
  },
  component: lazyRouteComponent(() => import('./embed/embed-sign-in-page.tsx'), 'EmbedSignInPage'),
})

/** The window with a platform's telephone. */
export const phone = createRoute({
  getParentRoute: () => inLocale,
  path: 'phone/$connector',
  beforeLoad: async ({ params, location, preload }) => {
    if (preload) return
    if (!(await whoIsHere()))
      throw redirect({ to: '/$locale/sign-in', params, search: { next: location.href }, replace: true })
    if (preloaded.phone?.connector !== params.connector) await comeAnew(location)
    await speakOfEmbed()
  },
  component: lazyRouteComponent(() => import('./desk/phone-page.tsx'), 'PhonePage'),
})

const landedAt = typeof window === 'undefined' ? '' : window.location.pathname

/** What may be loaded into a page is said by the server when it sends it: a page that came for another purpose will not do. */
function comeAnew({ href, pathname }: { href: string; pathname: string }): Promise<never> {
  if (preloaded.base_path + pathname === landedAt) throw saidNothing()
  window.location.assign(preloaded.base_path + href)
  return new Promise(() => undefined)
}

const saidNothing = () => new ApiError(0, 'offline', 'The page came without what the server says of it.')
