import { describe, expect, it } from 'vitest';
import type { View } from '../model/index.ts';
import type { GraphBox, GraphCard, GraphNode } from './graph.ts';
import { analysis, architecture, component, connections, finding, span } from './testing/architectures.ts';
import { cached, singleServer, twoCenters } from './testing/samples.ts';
import { toGraph } from './to-graph.ts';

function all(nodes: readonly GraphNode[]): readonly GraphNode[] {
  return nodes.flatMap((node) => [node, ...(node.type === 'box' ? all(node.children) : [])]);
}

function node(graph: { readonly nodes: readonly GraphNode[] }, id: string): GraphNode {
  const found = all(graph.nodes).find((each) => each.id === id);
  if (!found) throw new Error(`No node '${id}' in ${all(graph.nodes).map((each) => each.id)}.`);
  return found;
}

const view = (more: Partial<View>): View => ({ name: 'v', span, nameSpan: span, ...more });

describe('toGraph', () => {
  it('shows every component once, nested as declared', () => {
    const graph = toGraph(twoCenters);
    expect(
      all(graph.nodes)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(twoCenters.components.map(({ path }) => path).sort());
    expect((node(graph, 'us') as GraphBox).children.map(({ id }) => id)).toContain('us.web');
  });

  it('shows every connection in some edge', () => {
    const shown = toGraph(twoCenters).edges.flatMap((edge) => edge.connections);
    expect(shown.sort()).toEqual(twoCenters.connections.map(({ id }) => id).sort());
  });

  it('draws both directions of `<->` as one edge with two arrows', () => {
    const edges = toGraph(twoCenters).edges.filter(({ kind }) => kind === 'replication');
    expect(edges.map(({ from, to, both }) => [from, to, both])).toEqual([['us.data.posts', 'eu.data.posts', true]]);
  });

  it('writes flow and rate on edges', () => {
    const { edges } = toGraph(singleServer, { analysis: analysis(singleServer) });
    expect(edges.map(({ flow, rate }) => [flow, rate])).toEqual([
      [undefined, '100/s'],
      [undefined, '200/s'],
      ['reads 3, writes 0.5', '300/s'],
    ]);
  });

  it('tells kinds of traffic apart', () => {
    const kindOf = new Map(toGraph(twoCenters).edges.map(({ id, kind }) => [id, kind]));
    expect(kindOf.get('us.web.app -> us.uploads')).toBe('async');
    expect(kindOf.get('us.uploads -> us.resizer')).toBe('async');
    expect(kindOf.get('visitors -> edge')).toBe('static');
    expect(kindOf.get('edge -> us.photos')).toBe('misses');
    expect(kindOf.get('us.web.app -> us.data.feed')).toBe('sync');
  });

  it('joins what request classes add with the default edge, and shows what only they have', () => {
    const base = architecture(
      [component('app server'), component('db database'), component('jobs queue')],
      connections('app -> db : writes 1'),
    );
    const [extra, jobs] = connections('app -> db : writes 2', 'app -> jobs : publishes 1');
    const upload = {
      name: 'upload',
      share: 0.05,
      properties: {},
      overrides: [],
      connections: [{ ...extra!, id: 'app -> db#2' }, jobs!],
      span,
      nameSpan: span,
    };
    const { edges } = toGraph({ ...base, requests: [upload] });
    expect(edges.map(({ connections, flow }) => [connections, flow])).toEqual([
      [['app -> db', 'app -> db#2'], 'writes 1'],
      [['app -> jobs'], 'publishes 1'],
    ]);
    expect(edges[0]!.tooltip).toContain('upload: writes 2');
  });

  it('describes replicas, read replicas and shards', () => {
    const posts = node(toGraph(twoCenters), 'us.data.posts') as GraphCard;
    expect(posts.parts).toEqual({ shards: 4, readReplicas: 3 });
    expect((node(toGraph(twoCenters), 'us.web.app') as GraphCard).replicas).toEqual({ from: 6, to: 24 });
    expect((node(toGraph(singleServer), 'box.db') as GraphCard).parts).toBeUndefined();
  });

  it('names engines as people do', () => {
    expect(node(toGraph(cached), 'data.db').subtitle?.replaceAll('\u00a0', ' ')).toBe('PostgreSQL · db.r5.2xlarge');
    expect(node(toGraph(twoCenters), 'watch').subtitle?.replaceAll('\u00a0', ' ')).toBe(
      'logs · watches US East, EU West',
    );
  });

  it('names as many of what is watched as have room, whole', () => {
    const names = ['intake', 'orders', 'billing', 'shipping', 'mails', 'invoices', 'archive', 'reports'];
    const many = architecture([
      ...names.map((name) => component(`${name} server`)),
      component('watch monitoring', { watches: names, logs: 'central' }),
    ]);
    const subtitle = node(toGraph(many), 'watch').subtitle;
    expect(subtitle?.replaceAll('\u00a0', ' ')).toBe('logs · watches intake, orders, billing, shipping and 4 more');
  });

  it.each([
    [0.2, 'calm', '20%'],
    [0.599, 'calm', '60%'],
    [0.6, 'warm', '60%'],
    [0.8, 'warm', '80%'],
    [0.81, 'hot', '81%'],
    [1, 'hot', '100%'],
    [1.34, 'over', '134%'],
    [19, 'over', '19×'],
    [0.0004, 'calm', '<1%'],
  ])('gives a utilisation of %d the level %s', (utilization, level, text) => {
    const graph = toGraph(singleServer, { analysis: analysis(singleServer, { 'box.app': utilization }) });
    expect(node(graph, 'box.app').load).toEqual({ utilization, level, text });
  });

  it('puts findings on what they are about, the worst first', () => {
    const findings = [
      finding('warning', 'data.db', 'No backup.'),
      finding('error', 'data.db', 'One primary.'),
      finding('info', 'cache -> data.db', 'No timeout.'),
      finding('info', undefined, 'No monitoring.'),
      finding('info', 'gone', 'Gone.'),
    ];
    const graph = toGraph(cached, { findings });
    expect(node(graph, 'data.db').badges).toEqual([
      { severity: 'error', messages: ['One primary.'] },
      { severity: 'warning', messages: ['No backup.'] },
    ]);
    expect(graph.edges.find(({ id }) => id === 'cache -> data.db')?.badges).toEqual([
      { severity: 'info', messages: ['No timeout.'] },
    ]);
    expect(graph.badges).toEqual([{ severity: 'info', messages: ['No monitoring.', 'Gone.'] }]);
  });

  it('says the headline figures', () => {
    expect(toGraph(cached, { analysis: analysis(cached) }).figures).toEqual([
      { label: 'carries', value: '3.4M users' },
      { label: 'p99', value: '212 ms' },
      { label: 'availability', value: '99.95%' },
      { label: 'cost', value: '$12,301/month' },
    ]);
  });

  it('says in words what the picture shows', () => {
    expect(toGraph(singleServer).description).toBe(
      '4 components, 3 connections. Web and mobile users to DNS; DNS to Web application; Web application to Database (reads 3, writes 0.5).',
    );
  });

  it('keeps the line breaks and controls of labels out', () => {
    const hostile = architecture([component('a server "x\u0000\u202e\ny\ud800"')]);
    expect(node(toGraph(hostile), 'a').title).toBe('x y\ufffd');
  });
});

describe('views', () => {
  it('collapses a container into one card that has its edges and findings', () => {
    const graph = toGraph(twoCenters, {
      view: view({ collapse: ['eu'] }),
      findings: [finding('error', 'eu.data.posts', 'Hot shard.')],
    });
    const eu = node(graph, 'eu') as GraphCard;
    expect(eu).toMatchObject({ type: 'card', hidden: 8, subtitle: '8 components' });
    expect(eu.badges).toEqual([{ severity: 'error', messages: ['Hot shard.'] }]);
    expect(graph.edges.filter(({ to, from }) => to === 'eu' || from === 'eu').map(({ id }) => id)).toEqual([
      'geo -> eu.lb',
      'us.data.posts -> eu.data.posts',
    ]);
    expect(all(graph.nodes).some(({ id }) => id.startsWith('eu.'))).toBe(false);
  });

  it('shows what is included, with the containers around it', () => {
    const graph = toGraph(twoCenters, { view: view({ include: ['us.data', 'geo'] }) });
    expect(all(graph.nodes).map(({ id }) => id)).toEqual([
      'geo',
      'us',
      'us.data',
      'us.data.sessions',
      'us.data.feed',
      'us.data.posts',
    ]);
    expect(graph.edges.map(({ id }) => id)).toEqual(['us.data.feed -> us.data.posts']);
  });

  it('leaves out what is excluded, with everything in it', () => {
    const graph = toGraph(twoCenters, { view: view({ exclude: ['eu', 'us.data'] }) });
    expect(all(graph.nodes).filter(({ id }) => id.startsWith('eu') || id.startsWith('us.data'))).toEqual([]);
    expect(graph.edges.map(({ id }) => id)).toContain('geo -> us.lb');
  });

  it('collapses the outer of two nested containers', () => {
    const graph = toGraph(twoCenters, { view: view({ collapse: ['us.data', 'us'] }) });
    expect(node(graph, 'us').type).toBe('card');
    expect(all(graph.nodes).some(({ id }) => id === 'us.data')).toBe(false);
  });

  it('takes direction and title of the view', () => {
    expect(toGraph(cached, { view: view({ direction: 'right', title: 'Overview' }) })).toMatchObject({
      direction: 'right',
      title: 'Overview',
    });
    expect(toGraph(cached)).toMatchObject({ direction: 'down', title: 'With cache and CDN' });
  });
});
