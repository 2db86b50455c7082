/** The browser's own file dialog. Answers at most `count` files, none when cancelled. */
export const pickFiles = (accept: string, count: number): Promise<File[]> =>
  new Promise((resolve) => {
    const field = document.createElement('input')
    field.type = 'file'
    field.accept = accept
    field.multiple = count > 1
    field.className = 'phone-file'
    const finish = (files: File[]): void => {
      field.remove()
      resolve(files.slice(0, count))
    }
    field.addEventListener('change', () => finish([...(field.files ?? [])]))
    field.addEventListener('cancel', () => finish([]))
    document.body.append(field)
    field.click()
  })
