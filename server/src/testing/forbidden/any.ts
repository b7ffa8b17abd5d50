// at: server/src/patients/planted-any.ts
// breaks: typescript(no-explicit-any)
export const planted = (patient: any) => [patient]
