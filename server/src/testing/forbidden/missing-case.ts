// at: server/src/cases/planted-switch.ts
// breaks: typescript(switch-exhaustiveness-check)
export function planted(status: 'open' | 'closed') {
  switch (status) {
    case 'open':
      return 1
  }
  return 0
}
