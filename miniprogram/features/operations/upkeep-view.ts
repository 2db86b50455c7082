import type { Status } from '../../services/operations'
import { sayTime } from '../../support/dates'
import { sayCount } from './say-count'
import { tags } from './status-tags'
import type { Bar, Fact } from './status-view'

const findingWords: Record<string, string> = {
  residency_without_house: '住户绑定的房屋不存在', residency_in_wrong_community: '住户绑定的房屋在别的小区', residency_without_roster_row: '住户不在登记名册里',
  two_residencies_in_one_house: '同一人重复绑定一套房屋', post_without_community: '岗位所在的小区不存在', two_posts_in_one_community: '同一人在一个小区有两个岗位',
  works_at_a_post_not_held: '正在用不属于自己的岗位', post_keys_differ_from_posts: '岗位权限和岗位不一致', list_too_long: '一个人绑定或申请的房屋太多',
  roster_row_without_house: '名册登记的房屋不存在', application_without_house: '申请的房屋不存在', application_without_applicant: '申请人不存在',
  pending_application_unknown_to_applicant: '申请人看不到自己的申请', invitation_without_house: '邀请的房屋不存在', invitation_without_community: '邀请的小区不存在',
  invitation_by_nobody: '发出邀请的人不存在',
  seat_without_visit: '占着上门时间，却没有对应的报修', seat_of_another_visit: '占的上门时间和报修单上的不一样', visit_without_seat: '约好了上门，却没有占住时间',
}

export const checkFacts = ({ checks }: Status, now: number): Fact[] =>
  checks.map(({ word, at, seenCount, findingCount, findings }) => ({
    icon: 'task-checked',
    title: findingCount > 0 ? `${word}：${findingCount} 处对不上` : `${word}：没有问题`,
    note: findingCount > 0
      ? findings.map(({ problem, count }) => `${findingWords[problem] ?? problem} ${count} 处`).join('；')
      : `看了 ${sayCount(seenCount)} 份，${sayTime(at, now)}`,
    tag: findingCount > 0 ? tags.wrong : tags.well,
  }))

export const keyFact = ({ keys }: Status, now: number): Fact => {
  const others = keys.filter(({ state }) => state !== 'ok')
  const unopened = keys.flatMap((key) => key.unopened)
  const retired = keys.filter(({ retiredAt }) => retiredAt !== null)
  const notes = [
    ...others.map(({ keyId }) => `${keyId} 和数据对不上或缺失`),
    ...(unopened.length > 0 ? [`${unopened.length} 份没能换成新密钥：${unopened.slice(0, 3).join('、')}`] : []),
    ...retired.map(({ keyId, retiredAt }) => `${keyId} 从${sayTime(retiredAt!, now)}起不用了，满 30 天才能删`),
  ]
  const isWrong = others.length + unopened.length > 0
  return { icon: 'lock-on', title: isWrong ? '密钥：有问题' : '密钥：正确', note: notes.join('；') || '住户电话等个人信息加密保存', tag: isWrong ? tags.wrong : tags.well }
}

/** How far work on everything stored has come. */
export const upkeepBars = ({ upkeep }: Status, now: number): Bar[] =>
  upkeep.map(({ word, pass, seen, total, changed, failed, movedAt, isStuck }) => ({
    word: pass > 1 ? `${word}，第 ${pass} 遍核对` : word,
    used: total > 0 ? `${sayCount(seen)} / ${sayCount(total)}` : '还没有开始',
    note: [
      `改了 ${sayCount(changed)} 份`, ...(failed > 0 ? [`${failed} 份改不了`] : []),
      movedAt === null ? '每分钟做一点' : `上次进展：${sayTime(movedAt, now)}${isStuck ? '，停住了' : ''}`,
    ].join('，'),
    width: total > 0 ? `${Math.round((seen / total) * 100)}%` : '',
    tone: isStuck ? 'urgent' : 'done',
  }))
