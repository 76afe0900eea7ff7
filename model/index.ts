/**
 * The contract between all rooms of Loadpath: architectures, results, findings and edits as plain data, and the tables of kinds,
 * properties, flows, units and the catalogue. It must not know anything else, neither syntax nor simulator nor editor.
 */
export * from './access.ts';
export * from './architecture.ts';
export * from './catalogue/index.ts';
export * from './edit.ts';
export * from './finding.ts';
export * from './flows.ts';
export * from './format.ts';
export * from './kinds.ts';
export * from './nearest.ts';
export * from './phrases.ts';
export { described } from './properties/common.ts';
export {
  connection as connectionProperties,
  request as requestProperties,
  scenario as scenarioProperties,
} from './properties/connections.ts';
export { synonyms } from './properties/synonyms.ts';
export { view as viewProperties } from './properties/views.ts';
export * from './properties.ts';
export * from './solution.ts';
export * from './span.ts';
export * from './units.ts';
