import busboy from 'busboy'
import { DoorRefusal } from './door-refusal'

type MultipartBody = {
  fields: Record<string, Buffer>
  files: Record<string, { content: Buffer; fileName: string; contentType: string }>
}

const largestField = 16 * 1024 * 1024
// latin1 keeps every byte of a field.
const charsets = { defCharset: 'latin1', defParamCharset: 'utf8' }

/** Reads a multipart/form-data body. Fields stay bytes: the SDK sends protobuf as a plain field. */
export const parseMultipart = (body: Buffer, contentType: string): Promise<MultipartBody> =>
  new Promise((resolve, reject) => {
    const refuse = (reason: unknown): void => reject(new DoorRefusal(`not a multipart body: ${String(reason)}`))
    const parsed: MultipartBody = { fields: {}, files: {} }
    let reader: busboy.Busboy
    try {
      reader = busboy({ ...charsets, headers: { 'content-type': contentType }, limits: { fieldSize: largestField } })
    } catch (reason) {
      return refuse(reason)
    }
    reader.on('field', (name, value) => void (parsed.fields[name] = Buffer.from(value, 'latin1')))
    reader.on('file', (name, stream, info) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const content = Buffer.concat(chunks)
        // The SDK's protobuf has a content type but no file name: busboy takes it for a file, the platform for a field.
        if (info.filename === undefined) parsed.fields[name] = content
        else parsed.files[name] = { content, fileName: info.filename, contentType: info.mimeType }
      })
    })
    reader.on('close', () => resolve(parsed))
    reader.on('error', refuse)
    reader.end(body)
  })
