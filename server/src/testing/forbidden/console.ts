// at: server/src/patients/planted-console.ts
// breaks: eslint(no-console)
console.log('a patient called')
