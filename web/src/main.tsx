import './global.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { localeOfPath, speak } from './i18n.ts'
import { preloaded } from './preloaded.ts'
import { queryClient } from './query.ts'
import { router } from './routes.tsx'
import { theme } from './theme.ts'

const path = location.pathname.slice(preloaded.base_path.length)
await speak(localeOfPath(path) ?? preloaded.organisation?.locale ?? 'it')

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => preloaded.csp_nonce}>
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>
  </StrictMode>,
)
