const fields = 'input, textarea, [contenteditable="true"]'

/** Whether somebody is writing on this page, so that it must not be taken away from under their hands. */
export function isWriting(): boolean {
  if (document.querySelector('[aria-modal="true"]')) return true
  const focused = document.activeElement
  if (focused?.matches(fields) && textIn(focused)) return true
  // A note begun and left for a moment, or a field opened for a change.
  const main = document.getElementById('main')
  return [...(main?.querySelectorAll('textarea, [contenteditable="true"]') ?? [])].some((field) => textIn(field))
}

function textIn(field: Element): string {
  if (field instanceof HTMLInputElement && !/^(text|search|tel|email|number|password|url|)$/.test(field.type)) return ''
  const text =
    field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : field.textContent
  return text.trim()
}
