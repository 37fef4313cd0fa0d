import type { Team } from '#kernel/envelope.js';
import { USUAL_OPTIONS } from '../../credit/model-version.js';
import type { ModelDefinedData } from '../../events/attribution-events.js';
import { defineModel, type DefineModel } from './define-model.js';

const NOW = Date.UTC(2026, 2, 1);
const INPUT: DefineModel = {
  model: 'demo-first',
  name: 'Demos first',
  weighing: { kinds: { demo: 5 }, other: 1 },
  options: USUAL_OPTIONS,
};
const ask = (input: Partial<DefineModel> = {}, given: readonly ModelDefinedData[] = [], team: Team = 'marketing') =>
  defineModel({ actor: { id: 'ida', team }, now: NOW, input: { ...INPUT, ...input } }, given);
const dataOf = (events: ReturnType<typeof ask>): ModelDefinedData | undefined => events[0]?.data;
const failing = (action: () => unknown): unknown => {
  try {
    return action();
  } catch (error) {
    return error;
  }
};

describe('DefineAttributionModel', () => {
  const [first] = ask();

  it('gives the first version the number 1, options in one order', () => {
    expect(first).toMatchObject({ type: 'attribution.model-defined', occurredAt: NOW, data: { version: 1 } });
    const options = { ...USUAL_OPTIONS, excluded: ['b', 'a', 'b'], teams: ['system', 'marketing'] as const };
    expect(dataOf(ask({ options }))?.options).toMatchObject({ excluded: ['a', 'b'], teams: ['marketing', 'system'] });
  });

  it('changes nothing where the same is said again, and counts on where it is not', () => {
    const given = first === undefined ? [] : [first.data];
    expect(ask({}, given)).toEqual([]);
    expect(dataOf(ask({ weighing: { kinds: { demo: 6 }, other: 1 } }, given))).toMatchObject({ version: 2 });
    expect(dataOf(ask({ options: { ...USUAL_OPTIONS, windowDays: 30 } }, given))).toMatchObject({ version: 2 });
    expect(dataOf(ask({ model: 'other' }, given))).toMatchObject({ version: 1 });
  });

  it.each([
    ['a name that everybody has', { model: 'linear' }, 'ATTRIBUTION.MODEL_IS_BUILT_IN'],
    ['a model that nobody knows', { weighing: { model: 'linaer' } }, 'ATTRIBUTION.UNKNOWN_MODEL'],
    ['weights of nothing', { weighing: { milestones: { ft: 0 } } }, 'ATTRIBUTION.BAD_WEIGHTS'],
    ['a weight below 0', { weighing: { kinds: { demo: -1 }, other: 1 } }, 'ATTRIBUTION.BAD_WEIGHTS'],
    ['a moment to come', { occurredAt: NOW + 3_600_000 }, 'REQUEST.OCCURRED_IN_FUTURE'],
  ] satisfies [string, Partial<DefineModel>, string][])('refuses %s', (_, input, code) => {
    expect(failing(() => ask(input))).toMatchObject({ code });
  });

  it('is not for sales', () => {
    expect(failing(() => ask({}, [], 'sales'))).toMatchObject({ kind: 'forbidden', code: 'ATTRIBUTION.WRONG_TEAM' });
  });
});
