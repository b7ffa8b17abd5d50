import './global.css'
import { health } from '@clinicacrm/contract/health.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { call } from './api.ts'
import { App } from './app.tsx'
import { isLocale, localeOfPath, speak } from './i18n.ts'
import { preloaded } from './preloaded.ts'

// The library that stops a page from scrolling behind a dialog looks for the nonce of its style element here.
Object.assign(globalThis, { __webpack_nonce__: preloaded.csp_nonce })

// A new version took the place of the files this page was made of: drafts are kept, once is enough. Where the server is
// away, so would be the page.
window.addEventListener('vite:preloadError', () => {
  if (performance.now() > 10_000)
    void call(health, {}).then(
      () => location.reload(),
      () => undefined,
    )
})

void start()

/** A function, as a module that awaits keeps the bundler from joining files. */
async function start() {
  const path = location.pathname.slice(preloaded.base_path.length)
  await speak(localeOfPath(path) ?? localeOfFrame() ?? preloaded.organisation?.locale ?? 'it')
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}

/** The panel's address names no language: the server chose one for whoever looks at it. */
function localeOfFrame() {
  const { lang } = document.documentElement
  return preloaded.frame && isLocale(lang) ? lang : null
}
