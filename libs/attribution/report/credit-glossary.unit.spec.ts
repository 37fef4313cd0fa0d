import { NO_CREDIT } from './credit-sums.js';
import { BUILT_IN } from '../credit/model-version.js';
import { CREDIT_MODELS } from '../credit-models/credit-models.js';
import { JOURNEYS_EXAMPLE } from '../read/credit-examples.js';
import { creditGlossary } from './credit-glossary.js';
import { returnOf } from './roi.js';

const { models, credit, warnings, dimensions } = creditGlossary();
const idsOf = (report: string): string[] =>
  credit.filter(({ reports }) => reports.includes(report)).map(({ id }) => id);

describe('The glossary of credit', () => {
  it('defines every model that everybody has, in its version', () => {
    expect(models.map(({ id, version }) => `${id}@${version}`)).toEqual(
      BUILT_IN.map(({ id, version }) => `${id}@${version}`),
    );
    expect(models.map(({ id }) => id)).toEqual([...CREDIT_MODELS.keys()]);
  });

  it('has a name, a formula and a text for each entry', () => {
    for (const { id, name, formula, text } of [...models, ...credit])
      for (const one of [name, formula, text]) expect([id, one.trim()]).toEqual([id, expect.stringMatching(/.{4}/)]);
    for (const { id, text } of [...warnings, ...dimensions])
      expect([id, text]).toEqual([id, expect.stringMatching(/\.$/)]);
  });

  it('defines what /roi tells of a model, and /journeys of a path', () => {
    const told = Object.keys(returnOf(NO_CREDIT, 0, 'EUR'));
    expect(idsOf('/roi').toSorted()).toEqual(told.toSorted());
    expect(idsOf('/attribution').toSorted()).toEqual(told.filter((id) => !/^(roas|romi|cac)$/.test(id)).toSorted());
    const [row = { path: [] }] = JOURNEYS_EXAMPLE.rows;
    expect(idsOf('/journeys').toSorted()).toEqual(
      Object.keys(row)
        .filter((id) => id !== 'path')
        .toSorted(),
    );
  });
});
