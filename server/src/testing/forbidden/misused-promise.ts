// at: server/src/cases/planted-misused.ts
// breaks: typescript(no-misused-promises)
const isOpen = async () => false

export function planted() {
  return isOpen() ? 'open' : 'closed'
}
