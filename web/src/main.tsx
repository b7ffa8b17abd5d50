import './global.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { localeOfPath, speak } from './i18n.ts'
import { preloaded } from './preloaded.ts'

// The library that stops a page from scrolling behind a dialog looks for the nonce of its style element here.
Object.assign(globalThis, { __webpack_nonce__: preloaded.csp_nonce })

void start()

/** A function, as a module that awaits keeps the bundler from joining files. */
async function start() {
  const path = location.pathname.slice(preloaded.base_path.length)
  await speak(localeOfPath(path) ?? preloaded.organisation?.locale ?? 'it')
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
