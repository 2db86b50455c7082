// The package's own typings bring all of WeChat's globals along, and with them a `require` that is not Node's. tsconfig.json maps the name here.

export type Host = { textContent: string; remove(): void; appendChild(child: Host): Host }
export type Found = {
  readonly dom: Host | undefined
  readonly instance: object
  readonly data: unknown
  dispatchEvent(name: string, options?: { detail?: object }): void
  querySelector(selector: string): Found | undefined
  querySelectorAll(selector: string): Found[]
}
export type Rendered = Found & { attach(parent: Host): void; detach(): void }

export function load(
  component: string,
  options: { rootPath: string; usingComponents?: Record<string, string>; compilerOptions?: { wxmlList?: string[]; wxsList?: string[] } },
): string
export function render(id: string, properties?: Record<string, unknown>): Rendered
export function sleep(ms: number): Promise<void>
