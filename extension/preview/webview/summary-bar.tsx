import { useEffect, useState } from 'preact/hooks';
import type { Fact, Summary } from './messages.ts';
import { MAX_STEP, stepOf, usersAt, usersText } from './population.ts';

interface Props {
  readonly summary: Summary;
  /** Undefined for the number of users that the text declares. */
  readonly onUsers: (users: number | undefined) => void;
  readonly onPick: (path: string) => void;
}

/** The strip below the picture: the slider for the users, and what the architecture does under them. */
export function SummaryBar({ summary, onUsers, onPick }: Props) {
  return (
    <footer class="summary">
      {summary.declaredUsers > 0 && <Population summary={summary} onUsers={onUsers} />}
      <dl>
        {summary.facts.map((fact) => (
          <FactItem key={fact.label} fact={fact} onPick={onPick} />
        ))}
      </dl>
    </footer>
  );
}

function FactItem({ fact, onPick }: { readonly fact: Fact; readonly onPick: Props['onPick'] }) {
  const { label, value, detail, path, tone } = fact;
  return (
    <div title={detail}>
      <dt>{label}</dt>
      <dd class={tone}>
        {path === undefined ? (
          value
        ) : (
          <button type="button" class="link" onClick={() => onPick(path)}>
            {value}
          </button>
        )}
      </dd>
    </div>
  );
}

function Population({ summary, onUsers }: Pick<Props, 'summary' | 'onUsers'>) {
  const { declaredUsers, capacity } = summary;
  const [users, setUsers] = useState<number>();
  const shown = users ?? declaredUsers;
  // When the text declares another number, that is what is meant.
  useEffect(() => {
    setUsers(undefined);
    if (users !== undefined) onUsers(undefined);
  }, [declaredUsers]);
  const choose = (next: number | undefined) => {
    setUsers(next);
    onUsers(next);
  };
  return (
    <div class="population">
      <label for="users">
        Peak of <output for="users">{usersText(shown)}</output>
      </label>
      <div class="slider">
        <input
          id="users"
          type="range"
          min={0}
          max={MAX_STEP}
          value={stepOf(shown)}
          aria-valuetext={usersText(shown)}
          onInput={({ currentTarget }) => choose(usersAt(Number(currentTarget.value)))}
          onDblClick={() => choose(undefined)}
        />
        <svg class="marks" aria-hidden="true">
          <Mark users={declaredUsers} kind="declared" title={`Declared: ${usersText(declaredUsers)}`} />
          {capacity !== undefined && capacity >= 1 && (
            <Mark users={capacity} kind="capacity" title={`Carries ${usersText(capacity)}`} />
          )}
        </svg>
      </div>
      <button type="button" class="link" hidden={users === undefined} onClick={() => choose(undefined)}>
        Back to {usersText(declaredUsers)}
      </button>
    </div>
  );
}

function Mark({ users, kind, title }: { readonly users: number; readonly kind: string; readonly title: string }) {
  const at = `${(stepOf(users) / MAX_STEP) * 100}%`;
  return (
    <line class={kind} x1={at} x2={at} y1="0" y2="6">
      <title>{title}</title>
    </line>
  );
}
