import { createRootRoute, createRoute, notFound, Outlet } from '@tanstack/react-router'
import { isLocale, speak } from './i18n.ts'

export const root = createRootRoute({ component: Outlet })

export const inLocale = createRoute({
  getParentRoute: () => root,
  path: '/$locale',
  beforeLoad: async ({ params: { locale } }) => {
    if (!isLocale(locale)) throw notFound()
    await speak(locale)
  },
})
