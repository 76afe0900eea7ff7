/** A simulation in the shape of a steady state, so that the same figures can be read from both. */
import type { Latency, Solution } from '../model/index.ts';
import type { Estimate, SimulatedLatency, Simulation } from '../simulator/index.ts';

/** The steady state with what was simulated in its place; `halves` of the intervals are added to every figure. */
export function simulatedSolution(steady: Solution, simulation: Simulation, halves = 0): Solution {
  const of = ({ value, halfWidth }: Estimate) => value + halves * halfWidth;
  const latency = ({ mean, p50, p90, p95, p99, p999 }: SimulatedLatency): Latency => ({
    mean: of(mean),
    p50: of(p50),
    p90: of(p90),
    p95: of(p95),
    p99: of(p99),
    p999: of(p999),
  });
  const { rate, throughput, errors, response, users, connections, accuracy, loadAccuracy } = steady;
  return {
    users,
    connections,
    accuracy,
    loadAccuracy,
    rate: rate === 0 ? rate : of(simulation.rate),
    throughput: throughput === 0 ? throughput : of(simulation.throughput),
    errors: errors === 0 ? errors : of(simulation.errors),
    response: simulation.response ? latency(simulation.response) : response,
    requests: steady.requests.map((request) => {
      const found = simulation.requests.find(({ name }) => name === request.name);
      return found?.response
        ? { ...request, rate: of(found.rate), errors: of(found.errors), response: latency(found.response) }
        : request;
    }),
    components: steady.components.map((component) => {
      const found = simulation.components.find(({ path }) => path === component.path);
      if (!found) return component;
      const used = found.resources.map(({ utilization }) => of(utilization));
      const resources = component.resources.map((use) => {
        const seen = found.resources.find(({ resource, part }) => resource === use.resource && part === use.part);
        return seen ? { ...use, utilization: of(seen.utilization) } : use;
      });
      return {
        ...component,
        arrivalRate: of(found.arrivalRate),
        throughput: of(found.throughput),
        refused: of(found.refused),
        inSystem: of(found.inSystem),
        resources,
        ...(used.length > 0 ? { utilization: Math.max(...used) } : {}),
        ...(found.waiting ? { waiting: of(found.waiting) } : {}),
        ...(found.response ? { response: latency(found.response) } : {}),
      };
    }),
  };
}
