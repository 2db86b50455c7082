import type http from 'node:http'
import type { Door } from './http/door'
import { answerJson } from './http/answer'

type Routes = {
  gateway: Door
  client: Record<string, Door>
  control: Record<string, Door>
  file: (segment: string, request: http.IncomingMessage, response: http.ServerResponse) => Promise<void>
  outside: Door
  httpFunction: (request: http.IncomingMessage, response: http.ServerResponse, url: URL) => Promise<void>
  pages: ((request: http.IncomingMessage, response: http.ServerResponse) => Promise<boolean>) | undefined
}

const filePrefix = '/file/'
const httpPrefix = '/http/'
const outsidePrefix = '/outside/'

/** Finds the door of a request; the busiest are asked first. */
export const createRouter = ({ gateway, client, control, file, outside, httpFunction, pages }: Routes): Door =>
  async (request, response) => {
    const { url = '/', method } = request
    const end = url.indexOf('?')
    const path = end < 0 ? url : url.slice(0, end)
    if (method === 'POST' && path === '/admin') return gateway(request, response)
    if (path.startsWith('/client/')) {
      const door = Object.hasOwn(client, path) ? client[path] : undefined
      if (!door) return answerJson(response, { message: `there is no door ${path}` }, 404)
      if (method !== 'POST') return answerJson(response, { message: `${path} takes POST` }, 405)
      return door(request, response)
    }
    if (path.startsWith(filePrefix)) return file(path.slice(filePrefix.length), request, response)
    if (path.startsWith(httpPrefix)) return httpFunction(request, response, new URL(url, 'http://local'))
    if (path.startsWith(outsidePrefix)) return outside(request, response)
    const key = `${method} ${path}`
    if (Object.hasOwn(control, key)) return control[key]!(request, response)
    if (!path.startsWith('/control/') && pages && (await pages(request, response))) return
    answerJson(response, { message: `there is no door ${method} ${path}` }, 404)
  }
