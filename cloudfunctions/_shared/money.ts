/** Integer fen as people read it: 8000 → 80.00元. */
export const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}元`
