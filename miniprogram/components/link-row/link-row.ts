import { openPage } from '../../support/open-page'

/** A row that leads to another page of ours. */
Component({
  properties: {
    page: { type: String, value: '' },
    icon: { type: String, value: '' },
    word: { type: String, value: '' },
    meta: { type: String, value: '' },
  },
  methods: {
    onOpen() {
      openPage(this.data.page)
    },
  },
})
