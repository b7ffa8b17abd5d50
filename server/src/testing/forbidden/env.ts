// at: server/src/patients/planted-env.ts
// breaks: eslint(no-restricted-properties)
export const planted = process.env.PORT
