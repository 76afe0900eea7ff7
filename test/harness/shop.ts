/** The shop that the tests of the commands share. */

/** Sound but for what its one warning says. */
export const SHOP = `architecture "A shop"

param people = 200k

users visitors {
  population: people
  dailyActive: 30%
  requests: 40/day
  peak: 3x
}

loadBalancer lb { replicas: 2, cores: 2 }
server app { replicas: 3, cores: 4, serviceTime: 8ms, sessions: none }
cache feed { engine: redis, replicas: 2, memory: 16GB, hitRatio: 90% }
database posts {
  engine: mysql
  cores: 8
  readTime: 2ms
  writeTime: 4ms
  readReplicas: 1
  replication { mode: async, lag: 50ms }
  failover { mode: automatic, time: 30s }
}

visitors -> lb
lb -> app
app -> feed : reads 3
feed -> posts : misses
app -> posts : writes 0.2

require p99 < 500ms

view whole { direction: right }
`;
/** Asks for nothing. */
export const SILENT = 'server app { cores: 2 }\n';
/** With a mistake in its last line. */
export const BROKEN = `${SHOP}\nserver app2 { cores 4 }\n`;
