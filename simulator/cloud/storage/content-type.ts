import path from 'node:path'

const byExtension: Record<string, string> = {
  '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.png': 'image/png', '.gif': 'image/gif', '.webp': 'image/webp', '.svg': 'image/svg+xml',
  '.mp4': 'video/mp4', '.webm': 'video/webm', '.mov': 'video/quicktime', '.mp3': 'audio/mpeg', '.aac': 'audio/aac', '.pdf': 'application/pdf', '.json': 'application/json', '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8', '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** What a stored file is served as. Anything a browser would run is not in the table, and so is only downloaded. */
export const contentTypeOf = (cloudPath: string): string => byExtension[path.extname(cloudPath).toLowerCase()] ?? 'application/octet-stream'
