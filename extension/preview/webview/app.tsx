import { useEffect, useReducer, useRef } from 'preact/hooks';
import { parseToPage } from './messages.ts';
import { rasterize } from './rasterize.ts';
import { Stage, type StageControls } from './stage.tsx';
import { initialState, reduce } from './state.ts';
import { Strip } from './strip.tsx';
import { SummaryBar } from './summary-bar.tsx';
import { Timeline } from './timeline.tsx';
import { Pickers, Toolbar } from './toolbar.tsx';
import { saveState, send } from './vscode-api.ts';

export function App() {
  const [state, change] = useReducer(reduce, initialState);
  const controls = useRef<StageControls>(null);
  useEffect(() => {
    const receive = ({ data }: MessageEvent<unknown>) => {
      const message = parseToPage(data);
      if (!message) return;
      if (message.type === 'state') saveState({ uri: message.uri, locked: message.locked });
      else if (message.type === 'fit') controls.current?.fit();
      else if (message.type === 'rasterize') void rasterize(message.svg).then((data) => send({ type: 'png', data }));
      else change(message);
    };
    window.addEventListener('message', receive);
    send({ type: 'ready' });
    return () => window.removeEventListener('message', receive);
  }, []);

  const { picture, reason, selected, followed, settings } = state;
  const pick = (id: string | undefined, focus: boolean) => {
    change({ type: 'picked', id });
    if (id !== undefined) send({ type: 'reveal', id, focus });
  };
  const play = (name: string | undefined, at?: number) =>
    send({ type: 'scenario', ...(name === undefined ? {} : { name, ...(at === undefined ? {} : { at }) }) });
  if (!picture) return <p class="empty">{reason ?? 'Drawing the architecture …'}</p>;
  const { playing } = picture;
  return (
    <>
      {picture.problem && <Strip problem={picture.problem} />}
      <Stage
        picture={picture}
        selected={selected}
        followed={followed}
        wheel={settings.wheel}
        onPick={pick}
        controls={controls}
      />
      <Toolbar controls={controls} />
      <Pickers
        picture={picture}
        onView={(name) => send({ type: 'view', ...(name === undefined ? {} : { name }) })}
        onScenario={play}
      />
      {playing ? (
        <Timeline
          key={`${picture.uri} ${playing.name}`}
          playing={playing}
          onMoment={(at) => (at === undefined ? play(undefined) : play(playing.name, at))}
          onPick={(id) => pick(id, false)}
        />
      ) : (
        <SummaryBar
          key={picture.uri}
          summary={picture.summary}
          onUsers={(users) => send(users === undefined ? { type: 'users' } : { type: 'users', users })}
          onPick={(id) => pick(id, false)}
        />
      )}
    </>
  );
}
