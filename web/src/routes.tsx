import { createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { readCallsSearch } from './call-log/calls-search.ts'
import { readCallbacksSearch } from './callbacks/callbacks-search.ts'
import { Calls } from './calls/calls.tsx'
import { readPopSearch } from './calls/pop-search.ts'
import { readCasesSearch } from './cases/cases-search.ts'
import { lazy } from 'react'
import { speakOfBoards, speakOfSettings } from './i18n.ts'
import { readNewCaseSearch } from './new-case/new-case-search.ts'
import { preloaded } from './preloaded.ts'
import { embed, embedSignIn, phone } from './routes-beside.ts'
import { inLocale, root } from './routes-root.tsx'
import { readSearchParams, writeSearchParams } from './search-params.ts'
import { whoIsHere } from './session.ts'
import { FailedPage, NotFoundPage } from './shell/message-pages.tsx'
import { Shell } from './shell/shell.tsx'
import { SignInAgain } from './sign-in/sign-in-again.tsx'
import { readWallboardSearch } from './wallboard/wallboard-search.ts'

const Palette = lazy(() => import('./desk/palette.tsx').then(({ Palette }) => ({ default: Palette })))

/** Everything but the pages on the way in needs somebody who is signed in; they come back to where they wanted to go. */
const signedIn = createRoute({
  getParentRoute: () => inLocale,
  id: 'signed-in',
  beforeLoad: async ({ params, location }) => {
    if (await whoIsHere()) return
    throw redirect({ to: '/$locale/sign-in', params, search: { next: location.href }, replace: true })
  },
  component: () => (
    <Shell palette={Palette} calls={<Calls />}>
      <Outlet />
      <SignInAgain />
    </Shell>
  ),
})

const desk = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  component: lazyRouteComponent(() => import('./desk/desk-page.tsx'), 'DeskPage'),
})

const cases = createRoute({
  getParentRoute: () => signedIn,
  path: 'cases',
  validateSearch: readCasesSearch,
  component: lazyRouteComponent(() => import('./cases/cases-page.tsx'), 'CasesPage'),
})

const newCase = createRoute({
  getParentRoute: () => signedIn,
  path: 'cases/new',
  validateSearch: readNewCaseSearch,
  component: lazyRouteComponent(() => import('./new-case/new-case-page.tsx'), 'NewCasePage'),
})

const oneCase = createRoute({
  getParentRoute: () => signedIn,
  path: 'cases/$id',
  component: lazyRouteComponent(() => import('./case-page/case-page.tsx'), 'CasePage'),
})

const patients = createRoute({
  getParentRoute: () => signedIn,
  path: 'patients',
  component: lazyRouteComponent(() => import('./patients/patients-page.tsx'), 'PatientsPage'),
})

const patient = createRoute({
  getParentRoute: () => signedIn,
  path: 'patients/$id',
  component: lazyRouteComponent(() => import('./patients/patient-page.tsx'), 'PatientPage'),
})

const callLog = createRoute({
  getParentRoute: () => signedIn,
  path: 'calls',
  beforeLoad: speakOfBoards,
  validateSearch: readCallsSearch,
  component: lazyRouteComponent(() => import('./call-log/call-log-page.tsx'), 'CallLogPage'),
})

const callbacks = createRoute({
  getParentRoute: () => signedIn,
  path: 'callbacks',
  beforeLoad: speakOfBoards,
  validateSearch: readCallbacksSearch,
  component: lazyRouteComponent(() => import('./callbacks/callbacks-page.tsx'), 'CallbacksPage'),
})

const wallboard = createRoute({
  getParentRoute: () => signedIn,
  path: 'wallboard',
  beforeLoad: speakOfBoards,
  validateSearch: readWallboardSearch,
  component: lazyRouteComponent(() => import('./wallboard/wallboard-page.tsx'), 'WallboardPage'),
})

/** A telephone to try, where there is no real one. */
const ring = createRoute({
  getParentRoute: () => signedIn,
  path: 'demo/ring',
  beforeLoad: speakOfBoards,
  component: lazyRouteComponent(() => import('./ring/ring-page.tsx'), 'RingPage'),
})

/** Where a telephone platform sends a browser; it goes on from here. */
const pop = createRoute({
  getParentRoute: () => signedIn,
  path: 'pop',
  validateSearch: readPopSearch,
  component: lazyRouteComponent(() => import('./calls/pop-page.tsx'), 'PopPage'),
})

/** Whoever is signed in gets lost inside the shell, from where every section can be reached. */
const nowhere = createRoute({ getParentRoute: () => signedIn, path: '$', component: NotFoundPage })

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: 'settings',
  beforeLoad: speakOfSettings,
  validateSearch: ({ open }): { open?: string } => (typeof open === 'string' ? { open } : {}),
  component: lazyRouteComponent(() => import('./settings/settings-layout.tsx'), 'SettingsLayout'),
})
/** From here on the list of sections stands beside them; below, it is a page. */
const isWide = () => matchMedia('(min-width: 48.01em)').matches

const settingsPages = [
  createRoute({
    getParentRoute: () => settings,
    path: '/',
    beforeLoad: ({ params }) => {
      const { locale } = params as { locale: string }
      if (isWide()) throw redirect({ to: '/$locale/settings/profile', params: { locale }, replace: true })
    },
    component: lazyRouteComponent(() => import('./settings/settings-index.tsx'), 'SettingsIndex'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'profile',
    component: lazyRouteComponent(() => import('./settings/profile-page.tsx'), 'ProfilePage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'security',
    component: lazyRouteComponent(() => import('./settings/security-page.tsx'), 'SecurityPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'users',
    component: lazyRouteComponent(() => import('./settings/users-page.tsx'), 'UsersPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'clinics',
    component: lazyRouteComponent(() => import('./settings/clinics-page.tsx'), 'ClinicsPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'treatments',
    component: lazyRouteComponent(() => import('./settings/treatments-page.tsx'), 'TreatmentsPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'telephony',
    component: lazyRouteComponent(() => import('./settings/telephony-page.tsx'), 'TelephonyPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'connectors',
    component: lazyRouteComponent(() => import('./settings/connectors-page.tsx'), 'ConnectorsPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'connectors/$name',
    component: lazyRouteComponent(() => import('./settings/connectors-one-page.tsx'), 'ConnectorPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'api-keys',
    component: lazyRouteComponent(() => import('./settings/api-keys-page.tsx'), 'ApiKeysPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'requests',
    component: lazyRouteComponent(() => import('./settings/requests-page.tsx'), 'RequestsPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'webhooks',
    component: lazyRouteComponent(() => import('./settings/webhooks-page.tsx'), 'WebhooksPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'webhooks/$id',
    component: lazyRouteComponent(() => import('./settings/webhooks-one-page.tsx'), 'WebhookPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'organisation',
    component: lazyRouteComponent(() => import('./settings/organisation-page.tsx'), 'OrganisationPage'),
  }),
] as const

/** The pages for who is not in yet name roles as the settings do. */
const signIn = createRoute({
  getParentRoute: () => inLocale,
  beforeLoad: speakOfSettings,
  path: 'sign-in',
  validateSearch: ({ next }): { next?: string } => (typeof next === 'string' ? { next } : {}),
  component: lazyRouteComponent(() => import('./sign-in/sign-in-page.tsx'), 'SignInPage'),
})

const waysIn = [
  createRoute({
    getParentRoute: () => inLocale,
    beforeLoad: speakOfSettings,
    path: 'set-up',
    component: lazyRouteComponent(() => import('./sign-in/set-up-page.tsx'), 'SetUpPage'),
  }),
  createRoute({
    getParentRoute: () => inLocale,
    beforeLoad: speakOfSettings,
    path: 'invitation/$token',
    component: lazyRouteComponent(() => import('./sign-in/invitation-page.tsx'), 'InvitationPage'),
  }),
  createRoute({
    getParentRoute: () => inLocale,
    beforeLoad: speakOfSettings,
    path: 'forgot-password',
    component: lazyRouteComponent(() => import('./sign-in/forgot-password-page.tsx'), 'ForgotPasswordPage'),
  }),
  createRoute({
    getParentRoute: () => inLocale,
    beforeLoad: speakOfSettings,
    path: 'reset-password/$token',
    component: lazyRouteComponent(() => import('./sign-in/reset-password-page.tsx'), 'ResetPasswordPage'),
  }),
] as const

const routeTree = root.addChildren([
  inLocale.addChildren([
    signedIn.addChildren([
      desk,
      cases,
      newCase,
      oneCase,
      patients,
      patient,
      callLog,
      callbacks,
      wallboard,
      ring,
      pop,
      settings.addChildren([...settingsPages]),
      nowhere,
    ]),
    signIn,
    embedSignIn,
    phone,
    ...waysIn,
  ]),
  embed,
])

export const router = createRouter({
  routeTree,
  basepath: preloaded.base_path || '/',
  parseSearch: readSearchParams,
  stringifySearch: writeSearchParams,
  defaultPreload: 'intent',
  defaultErrorComponent: FailedPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
  scrollToTopSelectors: ['#main'],
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
