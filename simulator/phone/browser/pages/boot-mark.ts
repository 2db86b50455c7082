/** When the first page stood, for tests and the speed log: ms since navigation started. */
export const loadingDone = (): void => {
  document.documentElement.dataset['ready'] ??= String(Math.round(performance.now()))
}
