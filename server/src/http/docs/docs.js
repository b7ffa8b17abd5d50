/* global SwaggerUIBundle */

const dark = matchMedia('(prefers-color-scheme: dark)')
const everyMs = 10_000
const patienceMs = 5_000

followColourScheme()
offerCopying()
void watchStatus()
// Swagger UI is large: its script comes after this one, so that the status does not wait for it.
addEventListener('DOMContentLoaded', () => void showEndpoints())

/** Swagger UI has a dark dress of its own but does not look at the browser's preference. */
function followColourScheme() {
  const dress = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
  dark.addEventListener('change', dress)
  dress()
}

/** The clipboard is closed to pages that came without TLS. */
function offerCopying() {
  if (!navigator.clipboard) return
  for (const button of document.querySelectorAll('.copy')) {
    const snippet = button.closest('.snippet')
    button.hidden = false
    button.setAttribute('aria-label', `Copy: ${snippet.querySelector('h3').textContent}`)
    button.addEventListener('click', () => void copy(snippet.querySelector('code').textContent, button))
  }
}

async function copy(text, button) {
  await navigator.clipboard.writeText(text)
  button.textContent = 'Copied'
  setTimeout(() => (button.textContent = 'Copy'), 2_000)
}

async function showEndpoints() {
  const place = document.querySelector('#swagger-ui')
  try {
    const response = await fetch('openapi.json')
    const description = await response.json()
    // Requests go to whichever address serves this page: the security policy allows no other.
    const here = new URL('..', location.href).href.replace(/\/$/, '')
    description.servers = [{ url: here, description: 'This installation' }]
    place.replaceChildren()
    leaveOneMain(place)
    SwaggerUIBundle({
      spec: description,
      domNode: place,
      deepLinking: true,
      docExpansion: 'list',
      defaultModelsExpandDepth: 0,
      displayRequestDuration: true,
      syntaxHighlight: { theme: 'nord' },
      tryItOutEnabled: true,
      validatorUrl: null,
    })
  } catch {
    place.firstElementChild.textContent =
      'The endpoints could not be loaded. Check the connection and reload this page.'
  }
}

/** Swagger UI draws, some time later, a <main> of its own; a page has one. */
function leaveOneMain(place) {
  new MutationObserver((_, observer) => {
    const second = place.querySelector('main')
    if (!second) return
    second.setAttribute('role', 'none')
    observer.disconnect()
  }).observe(place, { childList: true, subtree: true })
}

async function watchStatus() {
  if (!document.hidden) show(await currentStatus())
  setTimeout(() => void watchStatus(), everyMs)
}

async function currentStatus() {
  try {
    const [health, ready] = await Promise.all([ask('health'), ask('ready')])
    if (!health.ok) return { state: 'down', text: 'Unreachable' }
    const { checks } = await ready.json()
    const ms = lastTiming(ready.url)
    if (ready.ok) return { state: 'up', text: 'Operational', ms }
    return { state: 'degraded', text: checks?.database === 'ok' ? 'Not ready' : 'Database unavailable', ms }
  } catch {
    return { state: 'down', text: 'Unreachable' }
  }
}

/** As the network saw it: a clock in this script would count what the page itself was busy with. */
function lastTiming(url) {
  const timing = performance.getEntriesByName(url).at(-1)
  performance.clearResourceTimings()
  return timing && Math.max(1, Math.round(timing.responseEnd - timing.requestStart))
}

function ask(path) {
  return fetch(path, { signal: AbortSignal.timeout(patienceMs), cache: 'no-store' })
}

/** The text is read aloud when it changes; the timing, which always does, is not. */
function show({ state, text, ms }) {
  document.querySelector('#status').dataset.state = state
  const words = document.querySelector('#status-text')
  if (words.textContent !== text) words.textContent = text
  document.querySelector('#status-time').textContent = ms === undefined ? '' : `${ms} ms`
}
