// at: server/src/cases/planted-routes.ts
// breaks: eslint(no-restricted-imports)
export { routes } from '../patients/routes.ts'
