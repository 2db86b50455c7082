/** A request a door cannot serve: answered with this status and the sentence as JSON. */
export class DoorRefusal extends Error {
  constructor(message: string, readonly status = 400) {
    super(message)
    this.name = 'DoorRefusal'
  }
}
