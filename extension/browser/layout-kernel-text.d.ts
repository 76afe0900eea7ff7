/** The script of the layout kernel as text; the bundler resolves it (scripts/bundles.ts). */
declare module 'layout-kernel-text' {
  const text: string;
  export default text;
}
