// at: server/src/lookup/planted-lazily.ts
// breaks: eslint(no-restricted-imports)
export const planted = () => import('../cases/cases.ts')
