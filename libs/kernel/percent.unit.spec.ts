import { fromMillionths, percentSteps, stepsOf } from './percent.js';

describe('A percentage', () => {
  it.each(['', '-1', '100.0001', '1e1', '1,5', '1.23456', ' 1', '1000'])('is not "%s"', (text) => {
    expect(percentSteps(text)).toBeNull();
  });
});

describe('Minor units of an exact amount', () => {
  it.each([
    [500_000n, 0],
    [1_500_000n, 2],
    [2_500_001n, 3],
    [-500_000n, 0],
    [-1_500_000n, -2],
    [3n * stepsOf('33.3333'), 1],
  ])('of %p millionths are %p', (exact, minor) => {
    expect(fromMillionths(exact)).toBe(minor);
  });
});
