import type { Configuration, RepairSettings } from '../_shared/configuration'

/** What holds where a community's configuration says nothing. Holidays of 2026: State Council notice of November 2025. */
export const usualSettings: RepairSettings = {
  hours: { opensAt: '08:30', closesAt: '17:30', restDays: [0, 6] },
  holidays: {
    off: [
      '2026-01-01', '2026-01-02', '2026-01-03',
      '2026-02-15', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-02-21', '2026-02-22', '2026-02-23',
      '2026-04-04', '2026-04-05', '2026-04-06',
      '2026-05-01', '2026-05-02', '2026-05-03', '2026-05-04', '2026-05-05',
      '2026-06-19', '2026-06-20', '2026-06-21',
      '2026-09-25', '2026-09-26', '2026-09-27',
      '2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07',
    ],
    worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
  deadlines: [
    { category: null, urgency: 'urgent', minutes: 4 * 60, clock: 'around' },
    { category: 'wall_floor', urgency: 'normal', minutes: 5 * 9 * 60, clock: 'business' },
    { category: 'public_area', urgency: 'normal', minutes: 2 * 9 * 60, clock: 'business' },
    { category: null, urgency: 'normal', minutes: 3 * 9 * 60, clock: 'business' },
  ],
  unassignedMinutes: 15,
  dispatch: 'manual',
  prices: [],
  visits: [{ from: '08:30', to: '11:30' }, { from: '13:30', to: '17:30' }, { from: '17:30', to: '20:00' }],
  visitsEach: 2,
  spots: ['电梯', '楼道', '单元门', '地下车库', '楼顶', '小区道路', '绿化', '健身设施'],
  ratingTags: ['来得快', '手艺好', '态度好', '收拾干净', '没修好', '来得慢', '态度差', '收费不清楚'],
}

export const settingsOf = ({ repairs }: Pick<Configuration, 'repairs'>): RepairSettings => ({ ...usualSettings, ...repairs })
