import { definitionsOf, styleSheet } from '../../../diagram/index.ts';

/**
 * The colours of the diagram by the theme of VS Code, which says it by a class of the body. The style sheet is made by script,
 * because the content security policy allows no inline styles.
 */
export function installDiagramStyles(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    [
      styleSheet('auto'),
      `body.vscode-light .loadpath{color-scheme:light;${definitionsOf('light')}}`,
      `body.vscode-dark .loadpath{color-scheme:dark;${definitionsOf('dark')}}`,
      `body.vscode-high-contrast:not(.vscode-high-contrast-light) .loadpath{color-scheme:dark;${definitionsOf('contrast')}}`,
      `body.vscode-high-contrast-light .loadpath{color-scheme:light;${definitionsOf('light')};${lightContrast}}`,
      `body .loadpath{--loadpath-canvas:var(--vscode-editor-background);--loadpath-text:var(--vscode-editor-foreground)}`,
    ].join(''),
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** High contrast on white: the light palette with black borders, lines and words. */
const lightContrast = [
  '--loadpath-box-border:#0f4a85',
  '--loadpath-card-border:#000000',
  '--loadpath-line:#000000',
  '--loadpath-muted:#000000',
  '--loadpath-shadow-opacity:0',
].join(';');
