/** Tells the shell around the phone, if there is one, which page is shown. */
export const describeRoute = (address: string): void => {
  if (parent !== window) parent.postMessage({ kind: 'phone-route', address }, location.origin)
}
