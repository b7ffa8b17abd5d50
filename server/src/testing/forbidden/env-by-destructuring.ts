// at: server/src/http/planted-env.ts
// breaks: eslint(no-restricted-properties)
const { env } = process
export const planted = env
