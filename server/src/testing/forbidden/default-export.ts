// at: server/src/patients/planted-default.ts
// breaks: import(no-default-export)
export default function planted() {
  return 1
}
