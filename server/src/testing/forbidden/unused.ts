// at: server/src/cases/planted-unused.ts
// breaks: eslint(no-unused-vars)
export function planted() {
  const forgotten = 1
}
