/** What `work` comes to, or `otherwise` as soon as `signal` says stop, however long the work then goes on. */
export function unlessStopped<T>(work: Promise<T>, signal: AbortSignal | undefined, otherwise: () => T): Promise<T> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    const stop = () => resolve(otherwise())
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
