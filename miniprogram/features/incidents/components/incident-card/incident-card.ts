import type { IncidentView } from '../../incident-view'

/** What is going on, where, until when; the slot is for what can be done about it. */
Component({ properties: { incident: { type: Object, value: null as unknown as IncidentView } } })
