/** The part of the layout kernel that `elkjs` ships without types. */
declare module 'elkjs/lib/elk-worker.min.js' {
  export class Worker {
    constructor(url: string);
    onmessage: (event: { readonly data: unknown }) => void;
    postMessage(message: unknown): void;
  }
}
