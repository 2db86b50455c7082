/** The privacy guide in force: it changes with the text that the phone shows. */
export const privacyVersion = '2026-11'

export type Privacy = { version: string; agreedAt: Date }
