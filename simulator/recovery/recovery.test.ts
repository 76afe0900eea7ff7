import { expect, test } from 'vitest';
import { architecture, component, connect, type Properties } from '../testing.ts';
import { recoveryOf, recoveryTime } from './recovery.ts';

const store = (properties: Properties) => architecture({ components: [component('database', 'db', properties)] });
const rto = (properties: Properties) => recoveryTime(store(properties), 'db').value;

test('each store and each data center with one, with what decides', () => {
  const design = architecture({
    components: [
      component('dns', 'names', { engine: 'route53', healthCheck: true }),
      component('dataCenter', 'us'),
      component('server', 'us.app'),
      component('database', 'us.db', { readReplicas: 1, replication: {}, 'replication.mode': 'semiSync', mttr: 7200 }),
      component('storage', 'us.files', { engine: 's3' }),
      component('dataCenter', 'eu'),
      component('server', 'eu.app'),
      component('database', 'eu.db', { backup: {}, 'backup.every': 3600 }),
      component('dataCenter', 'empty'),
    ],
    connections: [
      connect('names', 'us.app'),
      connect('names', 'eu.app'),
      connect('us.db', 'eu.db', 'replicates', { lag: 7 }),
    ],
  });
  expect(recoveryOf(design).map(({ path, rpo, rto: time }) => [path, rpo.seconds, time.seconds])).toEqual([
    ['us.db', 0, 7200],
    // The provider keeps copies, and says nothing about how fast it replaces a machine.
    ['us.files', 0, undefined],
    ['eu.db', 3600, undefined],
    // The files have no copy elsewhere.
    ['us', undefined, 150],
    // A backup that is kept in the same place is lost with it.
    ['eu', undefined, 150],
  ]);
  const [first, , , center] = recoveryOf(design);
  expect(first!.rpo.why).toBe('its read replicas, in step with it');
  expect(center!.rpo.why).toBe("no copy of 'us.files' is declared outside of 'us'");
});

test('time until a store takes writes again', () => {
  expect(rto({ readReplicas: 1, failover: {}, 'failover.time': 20 })).toBe(20);
  // What is known of the product, else the default of the property.
  expect(rto({ readReplicas: 1, failover: {}, engine: 'mongodb' })).toBe(12);
  expect(rto({ readReplicas: 1, failover: {} })).toBe(60);
  // Nothing to promote.
  expect(rto({ failover: {}, 'failover.time': 20 })).toBe(undefined);
  expect(rto({ failover: {}, 'failover.time': 20, mttr: 900 })).toBe(900);
  expect(rto({ readReplicas: 1, failover: {}, 'failover.mode': 'manual', 'failover.time': 1800 })).toBe(1800);
  expect(rto({ readReplicas: 1, failover: {}, 'failover.mode': 'none' })).toBe(undefined);
});
