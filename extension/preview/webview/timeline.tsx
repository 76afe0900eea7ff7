import { useEffect, useRef, useState } from 'preact/hooks';
import { formatMoment, formatQuantity } from '../../../model/index.ts';
import { BOX, stepPath, topOf, valueAt } from './chart.ts';
import type { ChartData, Fact, LogLine, Playing } from './messages.ts';

interface Props {
  readonly playing: Playing;
  /** Undefined to stop playing. */
  readonly onMoment: (at: number | undefined) => void;
  readonly onPick: (path: string) => void;
}

/** The strip below the picture while a scenario is played: a timeline to scrub, charts, what happens, and what becomes of the promises. */
export function Timeline({ playing, onMoment, onPick }: Props) {
  const [at, setAt] = useState(playing.at);
  useEffect(() => setAt(playing.at), [playing.name]);
  const show = (next: number) => {
    setAt(next);
    onMoment(next);
  };
  const runs = useClock(playing, at, show);
  return (
    <footer class="summary timeline">
      <div class="scrub">
        <button type="button" class="play" aria-label={runs.running ? 'Pause' : 'Play'} onClick={runs.toggle}>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d={runs.running ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5v11l9-5.5z'} />
          </svg>
        </button>
        <label for="moment">
          <output for="moment">{formatMoment(at)}</output> of {formatMoment(playing.duration)}
        </label>
        <Scrubber playing={playing} at={at} onAt={show} />
        <button type="button" class="link" onClick={() => onMoment(undefined)}>
          Stop
        </button>
      </div>
      <div class="charts">
        {playing.charts.map((chart) => (
          <Chart key={chart.label} chart={chart} playing={playing} at={at} />
        ))}
      </div>
      <Log log={playing.log} at={at} onAt={show} onPick={onPick} />
      <dl title={playing.limits.join('\n')}>
        {playing.facts.map((fact) => (
          <Verdict key={fact.label} fact={fact} />
        ))}
      </dl>
    </footer>
  );
}

/** A playback takes this long, whatever its duration. */
const SHOW_MS = 20_000;
const FRAME_MS = 100;

function useClock(playing: Playing, at: number, show: (at: number) => void) {
  const [running, setRunning] = useState(false);
  const now = useRef(at);
  now.current = at;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => {
      const next = Math.min(playing.duration, now.current + (playing.duration * FRAME_MS) / SHOW_MS);
      show(next);
      if (next >= playing.duration) setRunning(false);
    }, FRAME_MS);
    return () => clearInterval(timer);
  }, [running, playing.name, playing.duration]);
  const toggle = () => {
    if (!running && now.current >= playing.duration) show(0);
    setRunning(!running);
  };
  return { running, toggle };
}

/** Positions of the slider. */
const STEPS = 1000;

function Scrubber({ playing, at, onAt }: { readonly playing: Playing; readonly at: number; onAt(at: number): void }) {
  const { duration, log } = playing;
  const place = (time: number) => `${(time / duration) * 100}%`;
  return (
    <div class="slider">
      <input
        id="moment"
        type="range"
        min={0}
        max={STEPS}
        value={Math.round((at / duration) * STEPS)}
        aria-valuetext={formatMoment(at)}
        onInput={({ currentTarget }) => onAt((Number(currentTarget.value) / STEPS) * duration)}
      />
      <svg class="marks" aria-hidden="true">
        {log.map((line) => (
          <line key={`${line.at} ${line.text}`} class={line.kind} x1={place(line.at)} x2={place(line.at)} y1="0" y2="6">
            <title>{line.text}</title>
          </line>
        ))}
      </svg>
    </div>
  );
}

function Chart({ chart, playing, at }: { readonly chart: ChartData; readonly playing: Playing; readonly at: number }) {
  const { times, duration } = playing;
  const { label, unit, values, behind } = chart;
  const top = topOf(values, ...(behind ? [behind] : []));
  const x = (Math.min(at, duration) / duration) * BOX.width;
  const now = formatQuantity(rounded(unit, valueAt(times, values, at)), unit);
  const most = formatQuantity(rounded(unit, Math.max(...values)), unit);
  return (
    <figure class="chart" aria-label={`${label}: ${now} at ${formatMoment(at)}, at most ${most}`}>
      <figcaption>
        {label} <strong>{now}</strong> <span>max {most}</span>
      </figcaption>
      <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" aria-hidden="true">
        {behind && <path class="behind" d={stepPath(times, behind, duration, top)} />}
        <path class="series" d={stepPath(times, values, duration, top)} />
        <line class="now" x1={x} x2={x} y1="0" y2={BOX.height} />
      </svg>
    </figure>
  );
}

function rounded(unit: ChartData['unit'], value: number): number {
  return unit === 'count' ? Math.round(value) : value;
}

interface LogProps extends Pick<Props, 'onPick'> {
  readonly log: readonly LogLine[];
  readonly at: number;
  onAt(at: number): void;
}

/** Everything that happens; what lies ahead is paler. */
function Log({ log, at, onAt, onPick }: LogProps) {
  const list = useRef<HTMLOListElement>(null);
  const reached = log.findLastIndex((line) => line.at <= at + 1e-9);
  useEffect(() => {
    list.current?.children[Math.max(0, reached)]?.scrollIntoView({ block: 'nearest' });
  }, [reached]);
  return (
    <ol class="log" ref={list} aria-label="What happens">
      {log.map((line, i) => (
        <li key={`${line.at} ${line.text}`} class={`${line.kind}${i > reached ? ' ahead' : ''}`}>
          <button
            type="button"
            class="link"
            onClick={() => {
              onAt(line.at);
              if (line.path !== undefined) onPick(line.path);
            }}
          >
            {formatMoment(line.at)}
          </button>{' '}
          {line.text}
        </li>
      ))}
    </ol>
  );
}

function Verdict({ fact: { label, value, detail, tone } }: { readonly fact: Fact }) {
  return (
    <div title={detail}>
      <dt>{label}</dt>
      <dd class={tone}>{value}</dd>
    </div>
  );
}
