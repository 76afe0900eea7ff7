import { recommendedInletTemperature, savingPerDegree } from '../../model/catalogue/index.ts';
import { amount, digits, formatPercent } from '../../model/index.ts';
import { dataCenters, nameOf } from './query.ts';
import { defineRule } from './rule.ts';

export const dataCenterTemperature = defineRule({
  meta: {
    id: 'data-center-temperature',
    title: 'Temperature of a data center',
    section: '1-9',
    category: 'promises',
    severity: 'info',
    summary: 'The air at the inlets is colder or warmer than recommended for servers.',
    why: 'Colder than necessary costs energy and gains nothing in reliability; that is why large operators let their data centers get warmer. Above the range components age faster.',
    howToFix: 'Set the inlet temperature between 18 °C and 27 °C.',
    sources: [
      'ASHRAE, Thermal Guidelines for Data Processing Environments: recommended inlet range 18–27 °C.',
      'ENERGY STAR, "Raise the Temperature": 4–5% of the energy cost for every degree Fahrenheit, 7.2–9% for a degree Celsius.',
    ],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    const { from, to } = recommendedInletTemperature;
    for (const center of dataCenters(architecture)) {
      const temperature = amount(center, 'temperature');
      if (temperature === undefined || (temperature >= from && temperature <= to)) continue;
      const range = `the recommended ${from} to ${to} °C`;
      const saving = `${formatPercent(savingPerDegree.energyCost.from)} to ${formatPercent(savingPerDegree.energyCost.to)}`;
      report({
        at: center,
        property: 'temperature',
        message:
          temperature < from
            ? `'${nameOf(architecture, center)}' is cooled to ${digits(temperature)} °C, below ${range}; each degree more saves ${saving} of the energy cost.`
            : `'${nameOf(architecture, center)}' is at ${digits(temperature)} °C, above ${range}.`,
      });
    }
  },
  examples: {
    violates: [
      `
dataCenter us { temperature: 15C }
//              ^^^^^^^^^^^^^^^^ info: 'us' is cooled to 15 °C, below the recommended 18 to 27 °C; each degree more saves 7.2% to 9% of the energy cost.
`,
      `
dataCenter us {
  temperature: 95F
//^^^^^^^^^^^^^^^^ info: 'us' is at 35 °C, above the recommended 18 to 27 °C.
}
`,
    ],
    passes: [
      `
dataCenter us { temperature: 24C }
`,
      `
// On the border.
dataCenter us { temperature: 27C }
dataCenter eu { temperature: 18C }
`,
    ],
  },
});
