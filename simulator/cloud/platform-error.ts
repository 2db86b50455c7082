/** A refusal in the platform's own words: the gateway answers it with HTTP 200 and `{code, message}`. */
export class PlatformError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
    this.name = 'PlatformError'
  }
}
