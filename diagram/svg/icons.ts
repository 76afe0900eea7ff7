/** Line icons, one for each kind, drawn for this project on a grid of 24 units with round strokes; and the hue of each kind. */
import type { KindName } from '../../model/index.ts';

/** Path data by name of the icon. */
export const icons: Readonly<Record<KindName, string>> = {
  users:
    'M12.2 8A3.2 3.2 0 1 1 5.8 8a3.2 3.2 0 0 1 6.4 0ZM3.5 19v-.5a5.5 5.5 0 0 1 11 0v.5M15.5 5a3.2 3.2 0 0 1 0 6M17.2 13.6a5.5 5.5 0 0 1 3.3 5v.4',
  dns: 'M12 2.5v3M12 11v2M12 18.5v3M5.5 5.5h10.8L19 8.2 16.3 11H5.5ZM18.5 13H7.7L5 15.8l2.7 2.7h10.8Z',
  cdn: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM3 12h18M12 3c2.6 2.6 3.8 5.6 3.8 9s-1.2 6.4-3.8 9c-2.6-2.6-3.8-5.6-3.8-9S9.4 5.6 12 3Z',
  loadBalancer:
    'M3 12h17M8.5 12c3.5 0 2.5-6.5 7-6.5H20M8.5 12c3.5 0 2.5 6.5 7 6.5H20M17.8 3.3 20 5.5l-2.2 2.2M17.8 9.8 20 12l-2.2 2.2M17.8 16.3l2.2 2.2-2.2 2.2',
  server:
    'M5.5 4h13A1.5 1.5 0 0 1 20 5.5v4a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 9.5v-4A1.5 1.5 0 0 1 5.5 4ZM5.5 13h13a1.5 1.5 0 0 1 1.5 1.5v4a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5v-4A1.5 1.5 0 0 1 5.5 13ZM7.5 7.5h.01M7.5 16.5h.01M11 7.5h5.5M11 16.5h5.5',
  worker:
    'M17.5 12a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0ZM14 12a2 2 0 1 1-4 0 2 2 0 0 1 4 0ZM12 3.5v3M12 17.5v3M3.5 12h3M17.5 12h3M6 6l2.1 2.1M15.9 15.9 18 18M6 18l2.1-2.1M15.9 8.1 18 6',
  function: 'M5.5 20 11.3 9.2M7 4h1.6a2.6 2.6 0 0 1 2.4 1.7l4.6 12.6a2.6 2.6 0 0 0 2.4 1.7h.5',
  database:
    'M20 6c0 1.7-3.6 3-8 3S4 7.7 4 6s3.6-3 8-3 8 1.3 8 3ZM4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3',
  cache: 'M13.2 2.5 4.5 13.5H11l-.7 8 8.7-11H12.5Z',
  queue:
    'M4.5 6.5h15A1.5 1.5 0 0 1 21 8v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16V8a1.5 1.5 0 0 1 1.5-1.5ZM9 6.5v11M15 6.5v11',
  storage:
    'M20 6c0 1.4-3.6 2.5-8 2.5S4 7.4 4 6s3.6-2.5 8-2.5S20 4.6 20 6ZM4 6l1.9 12.6c.2 1.1 2.9 1.9 6.1 1.9s5.9-.8 6.1-1.9L20 6M5 13c1.2.8 3.9 1.3 7 1.3s5.8-.5 7-1.3',
  search: 'M17.5 10.5a7 7 0 1 1-14 0 7 7 0 0 1 14 0ZM15.5 15.5 21 21',
  workflow: 'M4 4h6.5v5.5H4ZM13.5 14.5H20V20h-6.5ZM7.25 9.5v4.75a3 3 0 0 0 3 3h3.25M17 14.5V9.75a3 3 0 0 0-3-3h-3.5',
  monitoring: 'M3 12h4l2.5-7 5 14L17 12h4',
  automation: 'M20 11A8 8 0 0 0 5.7 6.8L3.5 9M3.5 4v5h5M4 13a8 8 0 0 0 14.3 4.2L20.5 15M20.5 20v-5h-5',
  external: 'M7 18.5a4.5 4.5 0 0 1-.6-9A6 6 0 0 1 17.9 8.7a4.9 4.9 0 0 1-.7 9.8Z',
  dataCenter: 'M2.5 20.5h19M4.5 20.5V5.8L13 3.5v17M13 9.5h6.5v11M8 9h1.5M8 12.5h1.5M8 16h1.5M16 13h.5M16 16.5h.5',
  zone: 'M12 21s7-5.8 7-11.3a7 7 0 0 0-14 0C5 15.2 12 21 12 21ZM14.5 9.7a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z',
  host: 'M7.5 3h9A1.5 1.5 0 0 1 18 4.5v15a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 6 19.5v-15A1.5 1.5 0 0 1 7.5 3ZM9.5 7h5M9.5 10.5h5M12 16.8h.01',
  tier: 'M12 3.5 3.5 8l8.5 4.5L20.5 8ZM3.5 12l8.5 4.5 8.5-4.5M3.5 16l8.5 4.5 8.5-4.5',
  group: 'M4 8V6a2 2 0 0 1 2-2h2M16 4h2a2 2 0 0 1 2 2v2M20 16v2a2 2 0 0 1-2 2h-2M8 20H6a2 2 0 0 1-2-2v-2',
};

/** Kinds that do alike have the same hue. */
export const hues = ['traffic', 'compute', 'data', 'cache', 'message', 'other'] as const;
export type Hue = (typeof hues)[number];

export function hueOf(kind: KindName): Hue {
  return huesByKind[kind] ?? 'other';
}

/** Path data of the icon with this name, else that of the kind. */
export function iconOf(kind: KindName, name: string | undefined): string {
  return name !== undefined && Object.hasOwn(icons, name) ? icons[name as KindName] : icons[kind];
}

const huesByKind: Readonly<Partial<Record<KindName, Hue>>> = {
  users: 'traffic',
  dns: 'traffic',
  cdn: 'traffic',
  loadBalancer: 'traffic',
  server: 'compute',
  worker: 'compute',
  function: 'compute',
  workflow: 'compute',
  database: 'data',
  storage: 'data',
  search: 'data',
  cache: 'cache',
  queue: 'message',
};
