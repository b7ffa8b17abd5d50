/** After a form was refused: the keyboard goes to the first field that is wrong, once it is drawn so. */
export function focusFirstWrong(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus())
}
