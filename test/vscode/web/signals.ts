/** Begins a line of the log that carries the result of a test. */
export const MARK = 'loadpath test result ';
/** File below the suite that is there once a preview shows the picture. */
export const DRAWN = 'drawn';
