/** The page of the preview. It draws what it is sent and says what was clicked; it knows neither the language nor VS Code. */
import { render } from 'preact';
import { App } from './app.tsx';
import { installDiagramStyles } from './diagram-styles.ts';

const root = document.getElementById('preview');
if (root) {
  installDiagramStyles();
  render(<App />, root);
}
