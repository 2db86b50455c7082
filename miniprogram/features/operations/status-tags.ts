export type Tag = { word: string; tone: string; icon: string }

export const tags = {
  well: { word: '正常', tone: 'done', icon: 'check-circle' },
  wrong: { word: '要处理', tone: 'urgent', icon: 'error-circle' },
  notYet: { word: '还没有', tone: 'quiet', icon: 'time' },
} satisfies Record<string, Tag>
