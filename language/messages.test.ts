import { describe, expect, it } from 'vitest';
import { compiler } from './fixtures/compiler.ts';
import { printFinding } from './fixtures/plain.ts';

const compileText = compiler();

/** Broken texts with all findings that they have. */
const cases: readonly (readonly [text: string, ...findings: string[]])[] = [
  ['server app { cores: 4', "1:22 syntax: Expected '}' to close 'app' (opened on line 1), but the file ends here."],
  [
    'server app {\n  cores: 4\n\nserver b { cores: 2 }',
    "4:22 syntax: Expected '}' to close 'app' (opened on line 1), but the file ends here.",
  ],
  [
    'tier t {\n  server a {\n    cores: 1\n}\ncache c { }\n',
    "5:12 syntax: Expected '}' to close 'a' (opened on line 2), but the file ends here.",
  ],
  ['server app { cores: }', "1:14 syntax: Expected a value after 'cores:'."],
  ['server app {\n  cores:\n  memory: 4GB\n}', "2:3 syntax: Expected a value after 'cores:'."],
  ['server app { cores 4 }', "1:14 syntax: Expected ':' after 'cores'."],
  ['server app { core: 4 }', "1:14 unknown-property: There is no property 'core' in a server; did you mean 'cores'."],
  [
    'server app { ttl: 4s }',
    "1:14 unknown-property: There is no property 'ttl' in a server; dns, cdn and cache have it.",
  ],
  [
    'server app { cores: 4GB }',
    "1:21 wrong-dimension: 'cores' expects a number such as 3, but '4GB' is an amount of data.",
  ],
  ['server app { cores: fast }', "1:21 unresolved-name: There is no param 'fast'."],
  ['server app { cores: "4" }', '1:21 wrong-type: \'cores\' expects a number such as 3, but found the text "4".'],
  ['server app { cores: 2.5 }', "1:21 not-an-integer: 'cores' must be a whole number, but it is 2.5."],
  ['server app { cores: 0 }', "1:21 out-of-range: 'cores' must be at least 1, but it is 0."],
  ['server app { cores: 1..4 }', "1:21 wrong-type: 'cores' takes one value, not a range."],
  [
    'server app { replicas: 1..4 }',
    "1:24 range-without-autoscale: A range of replicas needs an 'autoscale' block, as in 'autoscale { target: 60% }'.",
  ],
  ['server app { replicas: 4..1, autoscale { } }', "1:24 reversed-range: The range '4..1' ends before it begins."],
  [
    'server app { serviceTime: 20 }',
    "1:27 wrong-dimension: 'serviceTime' expects a time such as 20ms, but '20' is a number.",
  ],
  [
    'server app { serviceTime: 5MB }',
    "1:27 wrong-dimension: 'serviceTime' expects a time such as 20ms, but '5MB' is an amount of data.",
  ],
  ['server app { serviceTime: 10ms + 5MB }', '1:27 wrong-dimension: An amount of data cannot be added to a time.'],
  ['server app { serviceTime: 10ms * 5MB }', '1:27 wrong-dimension: A time cannot be multiplied by an amount of data.'],
  ['server app { cores: 4 / 0 }', '1:21 division-by-zero: This divides by zero.'],
  ['server app { memory: 16gb }', "1:22 wrong-unit: 'gb' in '16gb' is not a unit; did you mean 'GB'."],
  ['server app { memory: 16GBB }', "1:22 wrong-unit: 'GBB' in '16GBB' is not a unit; did you mean 'GB'."],
  [
    'server app { network: 10GB }',
    "1:23 wrong-dimension: 'network' expects a throughput such as 10Gbps, but '10GB' is an amount of data; did you mean '10GB/s'.",
  ],
  [
    'server app { maxRate: 500 }',
    "1:23 wrong-dimension: 'maxRate' expects a rate such as 500/s, but '500' is a number; did you mean '500/s'.",
  ],
  [
    'server app { price: $100 }',
    "1:21 wrong-dimension: 'price' expects money per time such as $0.10/h, but '$100' is an amount of money; did you mean '$100/month'.",
  ],
  ['cache c { hitRatio: 150% }', "1:21 out-of-range: 'hitRatio' must be between 0% and 100%, but it is 150%."],
  ['cache c { hitRatio: -1 }', "1:21 out-of-range: 'hitRatio' must be between 0% and 100%, but it is -1."],
  [
    'cache c { eviction: lfru }',
    "1:21 unknown-word: 'eviction' expects 'lru', 'lfu', 'fifo', 'random' or 'none', but found 'lfru'; did you mean 'lru'.",
  ],
  [
    'cache c { eviction: "lru" }',
    "1:21 unknown-word: 'eviction' expects 'lru', 'lfu', 'fifo', 'random' or 'none', but found the text \"lru\"; write it without quotes.",
  ],
  [
    'cache c { eviction: 3 }',
    "1:21 unknown-word: 'eviction' expects 'lru', 'lfu', 'fifo', 'random' or 'none', but found '3'.",
  ],
  [
    'cache c { engine: rediss }',
    "1:19 info not-in-catalogue: 'engine': the catalogue has no engine 'rediss'; did you mean 'redis'.",
  ],
  ['cache c { engine: mysql }', "1:19 wrong-engine: 'engine' of a cache cannot be 'mysql', which is a database."],
  ['cache c { engine: 4 }', "1:19 wrong-type: 'engine' expects a name from the catalogue, but found '4'."],
  [
    'dataCenter us { region: "us-east-9" }',
    "1:25 info not-in-catalogue: 'region': the catalogue has no region 'us-east-9'; did you mean 'us-east-1'.",
  ],
  [
    'server app { instance: "m5.lagre" }',
    "1:24 info not-in-catalogue: 'instance': the catalogue has no instance type 'm5.lagre'; did you mean 'm5.large'.",
  ],
  ['monitoring m { alerts: yes }', "1:24 wrong-type: 'alerts' expects true or false, but found 'yes'."],
  ['monitoring m { metrics: host }', "1:25 wrong-type: 'metrics' expects a list, but found 'host'; write [host]."],
  [
    'monitoring m { metrics: [hosts] }',
    "1:26 unknown-word: 'metrics' expects 'host', 'aggregate' or 'business', but found 'hosts'; did you mean 'host'.",
  ],
  ['server app { owner: alice }', "1:21 wrong-type: 'owner' expects a text in double quotes, but found 'alice'."],
  ['server app { cores: 2, cores: 4 }', "1:24 duplicate-property: 'cores' is declared twice here."],
  ['server app { autoscale: 60% }', "1:25 wrong-type: 'autoscale' is a block: write 'autoscale { … }'."],
  ['server app { cores { } }', "1:14 unknown-block: 'cores' is a property, not a block: write 'cores: …'."],
  [
    'server app { autoscal { target: 60% } }',
    "1:14 unknown-block: There is no block 'autoscal' in a server; did you mean 'autoscale'.",
  ],
  [
    'server app { autoscale { taget: 60% } }',
    "1:26 unknown-property: There is no property 'taget' in the block 'autoscale'; did you mean 'target'.",
  ],
  ['server app { autoscale { server b { } } }', "1:26 misplaced-statement: The block 'autoscale' has properties only."],
  ['servr app { cores: 2 }', "1:1 unknown-kind: There is no kind 'servr'; did you mean 'server'."],
  ['frobnicator app { cores: 2 }', "1:1 unknown-kind: There is no kind 'frobnicator'."],
  ['server { cores: 2 }', "1:1 syntax: Expected a name after 'server', as in 'server main { … }'."],
  ['server', "1:1 syntax: Expected a name after 'server', as in 'server main { … }'."],
  [
    'server app { cache c }',
    '1:20 misplaced-statement: A declaration cannot stand in a server; it belongs at the top level of a file or in a container.',
  ],
  ['server app\nserver app', "2:8 duplicate-name: There is already something named 'app' here."],
  [
    'server web-tier { cores: 2 }',
    "1:8 syntax: A name has letters, digits and '_' only: write 'web_tier' instead of 'web-tier'.",
  ],
  ['a -> b', "1:1 unresolved-name: There is no component 'a'.", "1:6 unresolved-name: There is no component 'b'."],
  ['server a\nserver b\na -> c', "3:6 unresolved-name: There is no component 'c'."],
  ['server a\nserver b\na ->\nb -> a', "3:1 syntax: Expected a component after '->'."],
  ['server a\nserver b\na -> b : read 3', "3:10 unknown-flow: There is no flow 'read'; did you mean 'reads'."],
  [
    'server a\nserver b\na -> b : reads 3/s',
    "3:16 wrong-dimension: 'reads' expects a number of operations per request such as 3, but found '3/s'.",
  ],
  [
    'server a\nserver b\na -> b : misses',
    "3:10 unfitting-flow: 'misses' starts at a cache or CDN, but 'a' is a server.",
  ],
  [
    'server a\nserver b\na -> b : 40%',
    "3:10 unfitting-flow: A share of the traffic starts at users, a DNS, a load balancer or a queue, but 'a' is a server.",
  ],
  [
    'loadBalancer a\nserver b\na -> b : 3',
    "3:10 out-of-range: A share of the traffic is at most 100%, but this is 3; did you mean '3%' or 'calls 3'.",
  ],
  [
    'loadBalancer a\nserver b\nserver c\na -> b : 60%\na -> c : 50%',
    "5:10 excessive-share: The shares of the traffic of 'a' add up to 110%.",
  ],
  [
    'server a\nserver b\na -> b : replicates',
    "3:10 unfitting-flow: 'replicates' connects stores, but 'a' is a server.",
  ],
  [
    'server a\nserver b\na -> b : reads 3, reads 2',
    "3:19 duplicate-property: 'reads' is declared twice on this connection.",
  ],
  [
    'server a\nserver b\na -> b : reads (0 - 3)',
    '3:16 out-of-range: What flows along a connection cannot be negative.',
  ],
  [
    'server a\nserver b\na -> b { timeot: 1s }',
    "3:10 unknown-property: There is no property 'timeot' in a connection; did you mean 'timeout'.",
  ],
  ['server a\nserver b\na => b', "3:1 syntax: A connection is written 'a -> b', but found 'a => b'."],
  ['server a\nserver b\na <- b', "3:1 syntax: A connection is written 'a -> b', but found 'a <- b'."],
  ['server a\nserver b\na > b', "3:1 syntax: A connection is written 'a -> b', but found 'a > b'."],
  [
    'tier t { server a }\nusers u\nu -> t',
    "3:6 invalid-endpoint: 't' is a tier; connect a component inside it, such as 't.a'.",
  ],
  [
    'server a\nmonitoring m\na -> m',
    "3:6 invalid-endpoint: 'm' is monitoring, which takes no part in requests; a connection cannot end there.",
  ],
  [
    'server a\nusers u\na -> u',
    "3:6 invalid-endpoint: 'u' is users, which only make requests; a connection cannot end there.",
  ],
  [
    'users u\ntier t { server a }\ntier s { server a }\nu -> a',
    "4:6 ambiguous-name: 'a' could be 't.a' or 's.a'; write one of these.",
  ],
  ['server a extends b', "1:18 unresolved-name: There is no component 'b'."],
  ['server a extends a', "1:18 extends-cycle: 'a' extends itself: 'a' → 'a'."],
  ['server a extends b\nserver b extends a', "1:18 extends-cycle: 'a' extends itself: 'a' → 'b' → 'a'."],
  [
    'server a extends b\ncache b',
    "1:18 extends-other-kind: 'a' is a server, so it cannot extend 'b', which is a cache.",
  ],
  [
    'dataCenter us { dataCenter x extends us }',
    "1:38 extends-cycle: 'x' would contain a copy of itself, because it extends 'us'.",
  ],
  [
    'template server t { cores: 4 }\nusers u\nu -> t',
    "3:6 unresolved-name: Expected a component, but 't' is a template.",
  ],
  ['import "x.arch"', "1:8 unresolved-import: The file 'x.arch' does not exist or cannot be read."],
  ['import x', "1:1 syntax: Expected a text in double quotes after 'import', as in 'import \"./region.arch\"'."],
  ['param x = y + 1', "1:11 unresolved-name: There is no param 'y'."],
  ['param x = 5M\nparam x = 4', "2:7 duplicate-name: There is already something named 'x' here."],
  ['param x = y\nparam y = x * 2', "1:7 param-cycle: The value of param 'x' depends on itself: 'x' → 'y' → 'x'."],
  ['param x =', "1:1 syntax: Expected a value after 'x ='."],
  ['param x 5', "1:9 syntax: Expected '=' after 'x', but found '5'."],
  ['param = 5', "1:1 syntax: A param is written 'param people = 5M'."],
  ['require p98 < 300ms', "1:9 unknown-metric: There is no metric 'p98'; did you mean 'p90'."],
  ['require p99 < 300MB', "1:15 wrong-dimension: 'p99' expects a time such as 20ms, but '300MB' is an amount of data."],
  ['require p99 == 300ms', "1:13 syntax: Expected one of '<', '<=', '>' and '>=' after 'p99', but found '='."],
  ['require p99 300ms', "1:13 syntax: Expected one of '<', '<=', '>' and '>=' after 'p99', but found '300ms'."],
  ['require p99 <', "1:1 syntax: Expected a limit after '<', as in 'require p99 < 300ms'."],
  ['require availability >= 101%', "1:25 out-of-range: 'availability' is between 0% and 100%, but the limit is 101%."],
  ['require p99 of nothing < 1s', "1:16 unresolved-name: There is no component or request class 'nothing'."],
  ['request r { }', "1:9 missing-share: The request class 'r' needs a share of the requests, as in 'share: 5%'."],
  [
    'request r { share: 50% }\nrequest s { share: 60% }',
    "2:9 excessive-share: The shares of the request classes add up to 110% with 's'.",
  ],
  [
    'scenario s { at 5m explode x }',
    "1:20 unknown-action: There is no action 'explode'; actions are fail, slow, flush, partition, surge, scale, deploy.",
  ],
  [
    'scenario s { require cost < $5/h }',
    "1:22 unfollowed-metric: 'cost' is a figure of the design, which no scenario follows over time; require it outside of the scenario.",
  ],
  ['server app\nscenario s { at 5m fail ap }', "2:25 unresolved-name: There is no component 'ap'; did you mean 'app'."],
  [
    'server app\nscenario s { at 5m fail }',
    "2:20 incomplete-event: The action 'fail' is written as in 'fail primary of posts'.",
  ],
  [
    'server app\nscenario s { at 5m slow app }',
    "2:20 incomplete-event: The action 'slow' is written as in 'slow app 3x'.",
  ],
  [
    'server app\nscenario s { at 5m flush app }',
    "2:26 wrong-kind: 'flush' is for a cache or cdn, but 'app' is a server.",
  ],
  [
    'server app\nscenario s { at 5m fail primry of app }',
    "2:25 unknown-word: Expected 'primary', 'zone' or a number before 'of', but found 'primry'; did you mean 'primary'.",
  ],
  [
    'scenario s { duration: 5m, at 10m surge 3x }',
    "1:31 out-of-range: The scenario is over before '10m'; set its 'duration'.",
  ],
  [
    'scenario s { load: high }',
    "1:20 wrong-type: 'load' expects 'peak', 'mean', a rate such as 500/s or a list such as [at 10m 3x], but found 'high'.",
  ],
  ['scenario s { load: [10m 3x] }', "1:25 syntax: Expected ']' after '10m', but found '3x'."],
  [
    'view v { direction: sideways }',
    "1:21 unknown-word: 'direction' expects 'right', 'down', 'left' or 'up', but found 'sideways'.",
  ],
  ['view v { collapse: [nothing] }', "1:21 unresolved-name: There is no component 'nothing'."],
  ['view v { scenario: nothing }', "1:20 unresolved-name: There is no scenario 'nothing'."],
  [
    'cores: 4',
    '1:1 misplaced-statement: A property cannot stand at the top level of a file; it belongs in the body of a declaration.',
  ],
  [
    'at 5m fail x',
    '1:1 misplaced-statement: An event cannot stand at the top level of a file; it belongs in a scenario.',
  ],
  [
    'server app { require p99 < 3s }',
    '1:14 misplaced-statement: A requirement cannot stand in a server; it belongs at the top level of a file or in a scenario.',
  ],
  [
    'database d { a -> b }',
    '1:14 misplaced-statement: A connection cannot stand in a database; it belongs at the top level of a file, in a container or in a request class.',
    "1:14 unresolved-name: There is no component 'a'.",
    "1:19 unresolved-name: There is no component 'b'.",
  ],
  ['§', "1:1 syntax: Unexpected character '§'."],
  ['server app { § }', "1:14 syntax: Unexpected character '§'."],
  ['server app { cores: 4 § }', "1:23 syntax: Unexpected character '§'."],
  ["server app { owner: 'alice' }", "1:21 syntax: Unexpected character ''': texts are written in double quotes."],
  ['server app { owner: "alice }', "1:21 syntax: Expected '\"' at the end of the text."],
  ['/* not closed\nserver a', "1:1 syntax: This comment is not closed: expected '*/'."],
  ['server a }', "1:10 syntax: This '}' closes nothing."],
  ['# comment\nserver a', "1:1 syntax: Unexpected character '#': a comment begins with '//'."],
  ['server a;', "1:9 syntax: Unexpected character ';': statements need no separator."],
  [
    '// arch-ignore cache-spof\ncache c',
    "1:1 suppression-needs-reason: Expected a reason, as in 'arch-ignore cache-spof: why it does not matter here'.",
  ],
  [
    '// arch-ignore: because\ncache c',
    "1:1 suppression-needs-reason: Expected the id of a rule after 'arch-ignore', as in 'arch-ignore cache-spof: reason'.",
  ],
  ['server app { cores: 4 + }', "1:25 syntax: Expected a number or a param after '+', but found '}'."],
  ['server app { cores: (4 + 2 }', "1:28 syntax: Expected ')' after '2', but found '}'."],
  ['server app { tags: [a, b }', "1:26 syntax: Expected ']' after 'b', but found '}'."],
  ['users u { requests: 50 / day }', "1:26 unresolved-name: There is no param 'day'; did you mean '50/day'."],
  ['users u { requests: 50/dya }', "1:24 unresolved-name: There is no param 'dya'; did you mean '50/day'."],
  [
    'architecture Photo',
    "1:1 syntax: Expected a text in double quotes after 'architecture', as in 'architecture \"Photo sharing\"'.",
  ],
  ['architecture "A"\narchitecture "B"', '2:1 duplicate-name: The architecture has a title already.'],
  ['{ cores: 4 }', "1:1 syntax: Expected a name before '{'."],
  [
    'server app = { cores: 4 }',
    "1:12 syntax: Expected a declaration, a property or a connection such as 'a -> b', but found '='.",
  ],
  ['autoscale: { target: 60% }', "1:1 syntax: A block is written 'autoscale { … }', without ':'."],
  ['server app { autoscale: { target: 60% } }', "1:14 syntax: A block is written 'autoscale { … }', without ':'."],
  [
    'server a { sessions: sess }',
    "1:22 unknown-word: 'sessions' expects 'none', 'local' or the name of a component, but found 'sess'.",
  ],
  [
    'server a\nserver b { sessions: a }',
    "2:22 wrong-kind: 'sessions' expects a cache, database or storage, but 'a' is a server.",
  ],
  ['server a { cores: true }', "1:19 wrong-type: 'cores' expects a number such as 3, but found 'true'."],
  ['server a { cores: [1] }', "1:19 wrong-type: 'cores' expects a number such as 3, but found a list."],
  ['us.app { cores: 1 }', "1:8 syntax: Expected '->' or '<->' after 'app', but found '{'."],
  [
    'server server a',
    "1:15 syntax: Expected a declaration, a property or a connection such as 'a -> b', but found 'a'.",
  ],
  ['us.', "1:1 syntax: Expected a name after 'us.'."],
  ['server a\na -> us.', "2:6 syntax: Expected a name after 'us.'."],
  [
    'server a\n  cores: 4\n',
    '2:3 misplaced-statement: A property cannot stand at the top level of a file; it belongs in the body of a declaration.',
  ],
  [
    'require p99 of server\nrequire',
    "1:16 unresolved-name: There is no component or request class 'server'.",
    "2:1 syntax: Expected one of '<', '<=', '>' and '>=' after 'server', but found 'require'.",
  ],
  [
    'scenario s {\n  at 5m\n  at 6m surge 2x\n}',
    "2:3 syntax: Expected an action after the time, as in 'at 5m fail app'.",
  ],
  ['server a extends\nserver b', "1:1 syntax: Expected a name after 'extends'."],
  ['server a { cores: 4, ; }', "1:22 syntax: Unexpected character ';': statements need no separator."],
  [
    'server a { sessions: nine }',
    "1:22 unknown-word: 'sessions' expects 'none', 'local' or the name of a component, but found 'nine'; did you mean 'none'.",
  ],
  ['server a { sessions: local.x }', "1:22 unresolved-name: There is no component 'local'."],
  [
    'dns d { ttl: 60s }\nusers u { region: 5 }\nu -> d : static',
    "2:19 wrong-type: 'region' expects a name from the catalogue, but found '5'.",
  ],
  ['param a = 3\nserver b\na -> b', "3:1 unresolved-name: Expected a component, but 'a' is a param."],
  [
    'tier t { server x }\nserver y { sessions: t }',
    "2:22 wrong-kind: 'sessions' expects a cache, database or storage, but 't' is a tier.",
  ],
  ['server a { autoscale 60% }', "1:12 syntax: Expected '{' after 'autoscale', as in 'autoscale { … }'."],
  ['server a { tags: x }', "1:18 wrong-type: 'tags' expects a list, but found 'x'; write [x]."],
  [
    'cache a { memory: 4 * 3 }',
    "1:19 wrong-dimension: 'memory' expects an amount of data such as 16GB, but '4 * 3' is a number.",
  ],
  [
    'server a { backup { every: 1h } }',
    "1:12 unknown-block: There is no block 'backup' in a server; it has 'autoscale'.",
  ],
  [
    'dataCenter d { cores: 2 }',
    "1:16 unknown-property: There is no property 'cores' in a data center; host, loadBalancer and 7 other kinds have it.",
  ],
  [
    'view v { server a }',
    '1:17 misplaced-statement: A declaration cannot stand in a view; it belongs at the top level of a file or in a container.',
  ],
  [
    'request r { share: 5%, database d }',
    '1:33 misplaced-statement: A declaration cannot stand in a request class; it belongs at the top level of a file or in a container.',
  ],
  ['import "a.arch', "1:8 syntax: Expected '\"' at the end of the text."],
  ['server a { cores: 3 cores }', "1:21 syntax: Expected ':' after 'cores'."],
  ['server a { price: $5/banana }', "1:22 unresolved-name: There is no param 'banana'."],
  ['users u { requests: 50/day, rate: 5ms/s }', "1:35 wrong-unit: '5ms/s' divides a time by a period."],
  [
    'group g { architecture "x" }',
    "1:11 misplaced-statement: 'architecture' cannot stand in a group; it belongs at the top level of a file.",
  ],
  [
    'param x = 10m\nserver a { cores: x }',
    "2:19 wrong-dimension: 'cores' expects a number such as 3, but 'x' is a time.",
  ],
  ['param x = "a"\nserver a { cores: x * 2 }', "2:19 wrong-type: Expected a number, but the param 'x' is a text."],
  [
    'server a\nscenario s { at 5m partition a }',
    "2:20 incomplete-event: The action 'partition' is written as in 'partition us from eu'.",
  ],
  [
    'server a\nscenario s { at 5m scale a to 2.5 }',
    "2:31 not-an-integer: 'scale' needs a whole number, but it is 2.5.",
  ],
  [
    'server a\nscenario s { at 5MB fail a }',
    "2:17 wrong-dimension: 'at' expects a time such as 20ms, but '5MB' is an amount of data.",
  ],
  ['template server t\ntemplate server t', "2:17 duplicate-name: There is already something named 't' here."],
  ['scenario s { }\nscenario s { }', "2:10 duplicate-name: There is already something named 's' here."],
  ['server a\nrequest a { share: 1% }', "2:9 duplicate-name: There is already something named 'a' here."],
  [
    'server a\nserver b\na -> b : misses 3',
    "3:10 unfitting-flow: 'misses' starts at a cache or CDN, but 'a' is a server.",
    "3:17 wrong-type: 'misses' takes no number.",
  ],
  [
    'server a\nserver b\na -> b : calls\n-> b',
    "4:1 syntax: Expected a declaration, a property or a connection such as 'a -> b', but found '-> b'.",
  ],
  [
    'server a\nserver b\na b',
    "3:1 unknown-kind: There is no kind 'a'.",
    "3:3 duplicate-name: There is already something named 'b' here.",
  ],
  ['server a { replicas: 2..x }', "1:25 unresolved-name: There is no param 'x'."],
  ['server a { serviceTime: 20 ms }', "1:28 syntax: A unit follows its number without a blank: write '20ms'."],
];

describe('what is said about broken text', () => {
  it.each(cases)('%s', async (text, ...expected) => {
    const { findings } = await compileText(text);
    expect(findings.map(printFinding)).toEqual(expected);
  });

  it('is always one sentence without words of the parser', () => {
    for (const message of cases.flatMap(([, ...findings]) =>
      findings.map((line) => line.replace(/^\S+ (info )?\S+: /, '')),
    )) {
      expect(message).toMatch(/^[A-Z'].*\.$/);
      expect(message).not.toMatch(/token|expecting|undefined|something else|EOF|STRING|QUANTITY/);
    }
  });

  it('points at the first of two, and at all of a cycle', async () => {
    const { findings } = await compileText(
      'server a extends b\nserver b extends c\nserver c extends a\ncache d\nqueue d',
    );
    expect(
      findings.map(({ span, related }) => [span.start.line, related?.map((place) => place.span.start.line)]),
    ).toEqual([
      [0, [1, 2]],
      [4, [3]],
    ]);
  });

  it('marks names, values and keys, not whole bodies', async () => {
    const { findings } = await compileText('servr app {\n  core: 4\n  ttl: 5MB\n}\ncache c {\n  ttl: 5MB\n}');
    expect(
      findings.map(({ span }) => [span.start, span.end].map(({ line, character }) => `${line}:${character}`).join('-')),
    ).toEqual(['0:0-0:5', '1:2-1:6', '2:2-2:5', '5:7-5:10']);
  });

  it('takes a title that is not closed to end before the body', async () => {
    const { findings, architecture } = await compileText('cdn edge "Edge {\n  ttl: 24h\n}\nserver app');
    expect(findings.map(({ message }) => message)).toEqual(["Expected '\"' at the end of the text."]);
    expect(architecture.components.map(({ name, properties }) => [name, Object.keys(properties)])).toEqual([
      ['edge', ['ttl']],
      ['app', []],
    ]);
  });
});

describe('a broken line', () => {
  const rest = 'cache c { hitRatio: 150% }\nserver x { core: 2 }';
  const broken = [
    'server',
    'server a {}}',
    'server a }',
    'a ->',
    '-> a',
    'a -> : reads',
    'server a { cores: }',
    'server a { cores }',
    'param p =',
    'require p99',
    'require',
    'import',
    'server a extends',
    '§§§',
    'foo = bar',
    '"text"',
    '42',
    'server "a"',
    'scenario s { at }',
    'x.y.',
    'server a { tags: [1, }',
    ') ( ]',
    'request r { share }',
    'view v { collapse: [',
    'at 5m',
    ': : :',
  ];

  it.each(broken)('%s does not hide what is wrong on the others', async (line) => {
    const { findings } = await compileText(`${line}\n${rest}`);
    const messages = findings.map(({ message }) => message);
    expect(findings[0]!.span.start.line).toBe(0);
    expect(messages).toContain("'hitRatio' must be between 0% and 100%, but it is 150%.");
    expect(messages).toContain("There is no property 'core' in a server; did you mean 'cores'.");
  });
});
