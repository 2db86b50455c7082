/** A tap whose element carries `data-*`. */
export type Tap<Dataset> = { currentTarget: { dataset: Dataset } }
/** What a component of ours, or a native input, tells its page. */
export type Told<Detail> = { detail: Detail }
