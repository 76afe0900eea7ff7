import type { RefObject } from 'preact';
import type { Picture } from './messages.ts';
import type { StageControls } from './stage.tsx';

interface PickersProps {
  readonly picture: Picture;
  readonly onView: (name: string | undefined) => void;
  readonly onScenario: (name: string | undefined) => void;
}

/** Chooses between the views and the scenarios that the text declares; nothing where it declares none. */
export function Pickers({ picture, onView, onScenario }: PickersProps) {
  const { views, view, scenarios, playing } = picture;
  if (views.length === 0 && scenarios.length === 0) return null;
  return (
    <div class="pickers">
      <Picker label="View" none="Everything" items={views} chosen={view} onChoose={onView} />
      <Picker label="Scenario" none="No scenario" items={scenarios} chosen={playing?.name} onChoose={onScenario} />
    </div>
  );
}

interface PickerProps {
  readonly label: string;
  /** What stands for none of them. */
  readonly none: string;
  readonly items: readonly { readonly name: string; readonly title: string }[];
  readonly chosen: string | undefined;
  readonly onChoose: (name: string | undefined) => void;
}

function Picker({ label, none, items, chosen = '', onChoose }: PickerProps) {
  if (items.length === 0) return null;
  return (
    <select
      class="picker"
      aria-label={label}
      value={chosen}
      onChange={({ currentTarget }) => onChoose(currentTarget.value || undefined)}
    >
      <option value="">{none}</option>
      {items.map(({ name, title }) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </select>
  );
}

/** Buttons for zooming; the keys do the same. */
export function Toolbar({ controls }: { readonly controls: RefObject<StageControls | null> }) {
  const buttons = [
    { label: 'Zoom in', key: '+', icon: 'M8 3.5v9M3.5 8h9', run: () => controls.current?.zoom(1.25) },
    { label: 'Zoom out', key: '−', icon: 'M3.5 8h9', run: () => controls.current?.zoom(0.8) },
    {
      label: 'Fit to window',
      key: '0',
      icon: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
      run: () => controls.current?.fit(),
    },
  ];
  return (
    <div class="toolbar" role="toolbar" aria-label="Zoom">
      {buttons.map(({ label, key, icon, run }) => (
        <button key={label} type="button" title={`${label} (${key})`} aria-label={label} onClick={run}>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d={icon} />
          </svg>
        </button>
      ))}
      <button class="actual" type="button" title="Actual size (1)" onClick={() => controls.current?.actualSize()}>
        1:1
      </button>
    </div>
  );
}
