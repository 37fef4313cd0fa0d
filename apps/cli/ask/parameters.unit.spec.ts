import { parametersOf } from './parameters.js';

describe('What a report is asked on the command line', () => {
  it('is what the interface calls it, a repeated option a list', () => {
    expect(
      parametersOf([
        '--metrics',
        'leads,won',
        '--known-at',
        '2018-01-01T00:00:00Z',
        '--channel',
        'email',
        '--channel=',
        '--horizonDays',
        '90',
      ]),
    ).toEqual({
      metrics: 'leads,won',
      knownAt: '2018-01-01T00:00:00Z',
      channel: ['email', ''],
      horizonDays: '90',
    });
  });

  it('may hold an equals sign and an empty text', () => {
    expect(parametersOf(['--content=a=b', '--segment', ''])).toEqual({ content: 'a=b', segment: '' });
  });

  it('ask for money without a value, wherever it stands', () => {
    expect(parametersOf(['--money', '--by', 'channel'])).toEqual({ money: 'true', by: 'channel' });
    expect(parametersOf(['--by', 'channel', '--money'])).toEqual({ money: 'true', by: 'channel' });
    expect(parametersOf(['--money', 'false'])).toEqual({ money: 'false' });
    expect(parametersOf(['--money=true'])).toEqual({ money: 'true' });
  });

  it.each([
    [['leads'], /"leads" belongs to no option/],
    [['--metrics'], /--metrics takes a value/],
    [['--metrics', '--by', 'channel'], /--metrics takes a value/],
  ])('%j is refused', (args, expected) => {
    expect(() => parametersOf(args)).toThrow(expected);
  });
});
