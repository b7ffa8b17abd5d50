// at: server/src/cases/planted-floating-thenable.ts
// breaks: typescript(no-floating-promises)
const query = (done: boolean): PromiseLike<boolean> => ({
  // oxlint-disable-next-line unicorn/no-thenable -- a thenable that is no Promise is the point
  then: (resolve, reject) => Promise.resolve(done).then(resolve, reject),
})

export function planted() {
  query(true)
}
