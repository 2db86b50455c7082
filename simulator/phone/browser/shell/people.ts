import { make } from '../sheets/sheet'

export type Person = { openid: string; name: string; title: string }

const STRANGER = 'oNew'

const createStranger = (): Person => ({
  openid: `${STRANGER}${crypto.randomUUID().replaceAll('-', '').slice(0, 20)}`,
  name: '新微信用户',
  title: '从没用过这个小程序',
})

/** Somebody of the seed, or one of the new WeChat users invented here. */
export const isPerson = (openid: string, people: Person[]): boolean =>
  openid.startsWith(STRANGER) || people.some((person) => person.openid === openid)

/** The people of the seed and one who is new to WeChat. */
export const createPeople = (choose: (person: Person) => void) => {
  const element = make('div.people')
  let marked = ''
  const mark = (openid: string): void => {
    marked = openid
    for (const button of element.querySelectorAll<HTMLElement>('button')) {
      const own = button.dataset['openid'] ?? ''
      button.setAttribute('aria-pressed', String(own ? own === openid : openid.startsWith(STRANGER)))
    }
  }
  const createRow = (person: Person, openid: string): HTMLElement => {
    const row = make('button.person', make('i', person.name.slice(0, 1)), make('span', make('b', person.name), make('small', person.title)))
    row.dataset['openid'] = openid
    row.addEventListener('click', () => choose(openid ? person : createStranger()))
    return row
  }
  const load = async (): Promise<Person[]> => {
    const answer = (await (await fetch('/control/people')).json()) as { people: Person[] }
    element.replaceChildren(...answer.people.map((person) => createRow(person, person.openid)), createRow(createStranger(), ''))
    mark(marked)
    return answer.people
  }
  window.addEventListener('focus', () => void load())
  return { element, mark, load }
}
