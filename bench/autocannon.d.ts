declare module 'autocannon' {
  export type Result = { requests: { total: number }; duration: number; non2xx: number }
  type Options = {
    url: string
    connections: number
    duration: number
    requests: { method: 'GET'; path: string }[]
  }
  const autocannon: (options: Options) => Promise<Result>
  export default autocannon
}
