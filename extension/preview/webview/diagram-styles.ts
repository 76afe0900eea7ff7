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
      // Last and as specific as the others: what is large takes the colours of the user's own theme.
      `body[class] .loadpath{${surfaces}}`,
      `body.vscode-dark .loadpath{${raised}}`,
    ].join(''),
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

const surfaces = '--loadpath-canvas:var(--vscode-editor-background);--loadpath-text:var(--vscode-editor-foreground)';

/** Cards stand out from a dark background by being a little lighter than it. */
const raised = [
  '--loadpath-card:color-mix(in srgb,var(--vscode-editor-background) 93%,white)',
  '--loadpath-card-border:color-mix(in srgb,var(--vscode-editor-background) 80%,white)',
  '--loadpath-box-border:color-mix(in srgb,var(--vscode-editor-background) 85%,white)',
  '--loadpath-track:color-mix(in srgb,var(--vscode-editor-background) 82%,white)',
].join(';');

/** High contrast on white: the light palette with black borders, lines and words. */
const lightContrast = [
  '--loadpath-box-border:#0f4a85',
  '--loadpath-card-border:#000000',
  '--loadpath-line:#000000',
  '--loadpath-muted:#000000',
  '--loadpath-shadow-opacity:0',
].join(';');
