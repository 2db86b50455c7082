import type { Session } from '../../../cloudfunctions/members/contract'
import type { Told } from '../../support/events'
import { sayPost } from '../../support/people-view'

type Post = NonNullable<Session['post']>

/** Where somebody works now; a switch only where they hold posts in several communities. Emits `choose` with the other communityId. */
Component({
  properties: {
    posts: { type: Array, value: [] as Post[] },
    communityId: { type: String, value: '' },
  },
  data: { name: '', choices: [] as { key: string; title: string; meta: string }[], isOpen: false },
  observers: {
    'posts, communityId'(posts: Post[], communityId: string) {
      const post = posts.find((each) => each.communityId === communityId)
      this.setData({
        name: post ? `${post.communityName} · ${sayPost(post)}` : '',
        choices: posts.map((each) => ({ key: each.communityId, title: each.communityName, meta: sayPost(each) })),
      })
    },
  },
  methods: {
    onSwitch() {
      if (this.data.posts.length > 1) this.setData({ isOpen: true })
    },
    onClose() {
      this.setData({ isOpen: false })
    },
    onPick(event: Told<{ key: string }>) {
      this.onClose()
      if (event.detail.key !== this.data.communityId) this.triggerEvent('choose', { communityId: event.detail.key })
    },
  },
})
