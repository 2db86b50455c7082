/** The cloud environment of this property company; empty is the account's first one. Brand, templates and limits come from the cloud. */
export const cloudEnvironment = ''
