/** One JSON line. Never a name, a phone number, an openid or what somebody wrote. */
export const logLine = (line: Record<string, unknown>): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
