import { exactTime, sayTime } from '../../support/dates'

/** A time as people say it; the exact one on tap. */
Component({
  properties: { at: { type: String, value: '' } },
  data: { said: '', isExact: false },
  observers: {
    'at, isExact'(at: string, isExact: boolean) {
      this.setData({ said: isExact ? exactTime(at) : sayTime(at, Date.now()) })
    },
  },
  methods: {
    onToggle() {
      this.setData({ isExact: !this.data.isExact })
    },
  },
})
