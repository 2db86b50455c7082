// A journey walks through many pages of a real browser, also on a machine that has other work to do.
jest.setTimeout(300_000)
