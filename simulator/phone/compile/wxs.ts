/**
 * WXS is not quite JavaScript: a value's `constructor` is a string, `getRegExp` keeps its backslashes, and required paths carry `.wxs`.
 */
export const toJavaScript = (script: string): string =>
  script
    .replace(/require\(\s*(['"])(.+?)\.wxs\1\s*\)/g, 'require($1$2$1)')
    .replace(/([\w.$\]\[]+)\.constructor\s*===?\s*(['"])(\w+)\2/g, "(Object.prototype.toString.call($1)==='[object $3]')")
    .replace(/(['"])(\w+)\1\s*===?\s*([\w.$\]\[]+)\.constructor\b/g, "(Object.prototype.toString.call($3)==='[object $2]')")
    .replace(
      /getRegExp\(\s*(['"])(.*?)\1/g,
      (_, quote: string, pattern: string) => `getRegExp(${quote}${doubleBackslashes(pattern)}${quote}`,
    )

const doubleBackslashes = (pattern: string): string => pattern.replace(/\\\\/g, '\\').replace(/\\/g, '\\\\')

const REQUIRED = /require\(\s*['"](.+?)['"]\s*\)/g

export const requiredBy = (script: string): string[] => [...script.matchAll(REQUIRED)].flatMap((match) => match[1] ?? [])
