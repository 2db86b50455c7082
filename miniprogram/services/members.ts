import type { Input, Output } from '../../cloudfunctions/_shared/contract'
import type { MembersContract } from '../../cloudfunctions/members/contract'
import { agreedHere, forgetAgreement } from '../support/privacy'
import { rememberSession, selectedHouse, session } from '../support/session'
import { cloudFunction } from './cloud'

const members = cloudFunction<MembersContract>('members')

export type Household = Output<MembersContract, 'household'>
export type PhoneMatch = Output<MembersContract, 'verifyPhone'>
export type ApplicationPage = Output<MembersContract, 'listApplications'>
export type OpenedApplication = Output<MembersContract, 'getApplication'>
export type StaffList = Output<MembersContract, 'listStaff'>

export const refreshSession = async () => {
  const house = selectedHouse()
  const fresh = await members('session', house ? { houseId: house.houseId } : {})
  rememberSession(fresh)
  return fresh
}

/** For a page that may be opened from a message, before the home page ever was. */
export const ensureSession = () => session.get() ?? refreshSession()

/** Tells the cloud of an agreement given on this phone; nothing to tell where it knows already. */
export const tellAgreement = async (): Promise<void> => {
  const { privacy } = await ensureSession()
  if (privacy.isAgreed || agreedHere() !== privacy.version) return
  await members('agreePrivacy', { version: privacy.version })
  const current = session.get()
  if (current) rememberSession({ ...current, privacy: { ...privacy, isAgreed: true } })
}

export const withdrawPrivacy = async (): Promise<void> => {
  await members('withdrawPrivacy', {})
  forgetAgreement()
  await refreshSession()
}

/** The agreement goes first: the cloud takes no phone number without it. */
export const verifyPhone = async (input: Input<MembersContract, 'verifyPhone'>) => {
  await tellAgreement()
  return members('verifyPhone', input)
}
export const applyForHouse = async (input: Input<MembersContract, 'apply'>) => {
  await tellAgreement()
  return members('apply', input)
}
export const withdrawApplication = (input: Input<MembersContract, 'withdrawApplication'>) => members('withdrawApplication', input)
export const getApplication = (applicationId: string) => members('getApplication', { applicationId })
export const listApplications = (stage: 'pending' | 'decided', cursor?: string) => members('listApplications', cursor ? { stage, cursor } : { stage })
export const approveApplication = (input: Input<MembersContract, 'approve'>) => members('approve', input)
export const rejectApplication = (input: Input<MembersContract, 'reject'>) => members('reject', input)

export const getHousehold = (houseId: string) => members('household', { houseId })
export const addPerson = (input: Input<MembersContract, 'addPerson'>) => members('addPerson', input)
export const changePerson = (input: Input<MembersContract, 'changePerson'>) => members('changePerson', input)
export const removePerson = (input: Input<MembersContract, 'removePerson'>) => members('removePerson', input)
export const withdrawInvitation = (input: Input<MembersContract, 'withdrawInvitation'>) => members('withdrawInvitation', input)
export const leaveHouse = (input: Input<MembersContract, 'leaveHouse'>) => members('leaveHouse', input)
export const transferHouse = (input: Input<MembersContract, 'transferHouse'>) => members('transferHouse', input)
export const moveOut = (input: Input<MembersContract, 'moveOut'>) => members('moveOut', input)
export const revealPhone = (input: Input<MembersContract, 'revealPhone'>) => members('revealPhone', input)

/** Of the first manager: the phone knows its new post before the desk opens. */
export const redeemSetupCode = async (input: Input<MembersContract, 'redeemSetupCode'>): Promise<void> => {
  await tellAgreement()
  await members('redeemSetupCode', input)
  await refreshSession()
}

export const switchPost = async (communityId: string): Promise<void> => {
  const { post } = await members('switchPost', { communityId })
  const current = session.get()
  if (current) rememberSession({ ...current, post })
}
export const listStaff = () => members('listStaff', {})
export const inviteStaff = (input: Input<MembersContract, 'inviteStaff'>) => members('inviteStaff', input)
export const changeStaff = (input: Input<MembersContract, 'changeStaff'>) => members('changeStaff', input)
export const removeStaff = (input: Input<MembersContract, 'removeStaff'>) => members('removeStaff', input)
