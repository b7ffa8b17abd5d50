import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useMemo } from 'react'
import { appearance } from './appearance.ts'
import { useT } from './i18n.ts'
import { preloaded } from './preloaded.ts'
import { queryClient } from './query.ts'
import { router } from './routes.tsx'
import { useSession } from './session.ts'
import { cssVariables, themeFor } from './theme.ts'
import { Announcer } from './ui/announce.tsx'
import { PageFrame } from './ui/page-header.tsx'

const frame = { name: preloaded.organisation?.name ?? 'ClínicaCRM' }

/** What every page needs around it. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Look />
    </QueryClientProvider>
  )
}

function Look() {
  const t = useT()
  const accent = useSession()?.organisation.accent ?? preloaded.organisation?.accent ?? null
  const theme = useMemo(
    () =>
      themeFor(accent, {
        close: t('common.actions.close'),
        show_password: t('common.show_password'),
        remove: t('common.actions.remove'),
      }),
    [accent, t],
  )
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={appearance}
      defaultColorScheme="auto"
      getStyleNonce={() => preloaded.csp_nonce}
    >
      <PageFrame value={frame}>
        <RouterProvider router={router} />
      </PageFrame>
      <Announcer />
    </MantineProvider>
  )
}
