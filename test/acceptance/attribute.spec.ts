import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeWithDataset } from './support/datasets.js';
import { concord, succeeds, temporaryFolder } from './support/process.js';

interface Row {
  readonly [column: string]: any;
}

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Writes a file and gives its path. */
function file(name: string, ...lines: readonly string[]): string {
  const at = path.join(folder.path, name);
  writeFileSync(at, `${lines.join('\n')}\n`);
  return at;
}

async function rowsOf(...args: readonly string[]): Promise<readonly Row[]> {
  const answer = JSON.parse(await succeeds(['attribute', ...args, '--format', 'json'])) as { rows: Row[] };
  return answer.rows;
}

const by = (rows: readonly Row[], model: string, measure: string, dimension = 'channel'): Record<string, number> =>
  Object.fromEntries(rows.map((row) => [row[dimension] as string, row[model][measure] as number]));

/** Every number of `expected` within `tolerance` of what was found, and no channel besides. */
function expectClose(found: Record<string, number>, expected: Record<string, number>, tolerance: number): void {
  for (const [channel, number] of Object.entries(expected))
    expect({ channel, off: Math.abs((found[channel] ?? 0) - number) <= tolerance }).toEqual({ channel, off: true });
  for (const [channel, number] of Object.entries(found))
    if (!(channel in expected)) expect({ channel, number }).toEqual({ channel, number: 0 });
}

describeWithDataset('channelattribution_pathdata', 'The sample paths of ChannelAttribution', (data) => {
  const paths = path.join(data, 'Data.csv');
  const reference = JSON.parse(readFileSync(path.join(data, 'reference.json'), 'utf8'));
  const table = (name: string): Row[] => {
    const [head = '', ...lines] = readFileSync(path.join(data, name), 'utf8').trim().replaceAll('"', '').split('\n');
    return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [head.split(',')[at], cell])));
  };
  const column = (rows: readonly Row[], name: string): Record<string, number> =>
    Object.fromEntries(rows.map((row) => [row['channel_name'] as string, Number(row[name])]));
  const asked = ['--path', 'path', '--separator', '>', '--conversions', 'total_conversions'];
  const all = [...asked, '--value', 'total_conversion_value', '--null', 'total_null'];

  it('give the first, last and linear credit of the package', async () => {
    const rows = await rowsOf(paths, ...all, '--models', 'first-touch,last-touch,linear,position-40-20-40');
    const package_ = table('cran_2.2.4_heuristic_models.csv');
    for (const [model, name] of Object.entries({
      'first-touch': 'first_touch',
      'last-touch': 'last_touch',
      linear: 'linear_touch',
    })) {
      expectClose(by(rows, model, 'conversions'), column(package_, `${name}_conversions`), 1e-6);
      expectClose(by(rows, model, 'value'), column(package_, `${name}_value`), 1e-6);
    }
    expectClose(by(rows, 'position-40-20-40', 'conversions'), reference.position_based_40_20_40_conversions, 1e-6);
    expectClose(by(rows, 'position-40-20-40', 'value'), reference.position_based_40_20_40_value, 1e-6);
  });

  it.each([
    ['with the paths that did not convert', [], 'markov1_with_null', 'cran_2.2.4_markov_order1_with_null'],
    ['without them', ['--no-nulls'], 'markov1_conversions_only', 'cran_2.2.4_markov_order1_conversions_only'],
  ])('give the exact Markov credit %s, near which the package simulates', async (_, flags, exact, simulated) => {
    const rows = await rowsOf(paths, ...all, '--models', 'markov-1', ...flags);
    const conversions = by(rows, 'markov-1', 'conversions');
    expectClose(by(rows, 'markov-1', 'removalEffect'), reference[exact].removal_effects, 1e-6);
    expectClose(conversions, reference[exact].conversions, 1e-4);
    // Its effects without null paths are multiples of 1e-5: a hundred thousand runs. An effect r is then off by some sqrt(r (1 - r) / (base x runs)).
    const base: number = reference[exact].base_conversion_probability;
    const removal = column(table(`${simulated}_removal.csv`), 'removal_effects_conversion');
    for (const [channel, effect] of Object.entries(by(rows, 'markov-1', 'removalEffect'))) {
      const noise = Math.sqrt((effect * (1 - effect)) / (base * 1e5));
      expect({ channel, isNear: Math.abs(effect - removal[channel]!) < 4 * noise }).toEqual({ channel, isNear: true });
    }
    const whole = Object.values(conversions).reduce((sum, part) => sum + part, 0);
    expect(whole).toBeCloseTo(reference.total_conversions, 4);
  });

  it('say that they lack times, where a model needs them', async () => {
    const { code, stderr, stdout } = await concord(['attribute', paths, '--models', 'time-decay-7d']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--touches');
  });
});

describeWithDataset('micro_oracles', 'Examples that others published', (data) => {
  const oracles = JSON.parse(readFileSync(path.join(data, 'reference.json'), 'utf8'));
  const asCsv = (name: string, paths: readonly { path: string; conversions: number; null?: number }[]): string =>
    file(
      name,
      'path,total_conversions,total_null',
      ...paths.map((one) => `${one.path},${one.conversions},${one.null ?? 0}`),
    );

  it('mta: first, last, linear, position, Shapley', async () => {
    const { paths, published } = oracles.mta_tests;
    const models = 'first-touch,last-touch,linear,position-40-20-40';
    const rows = await rowsOf(asCsv('mta.csv', paths), '--models', models);
    expectClose(by(rows, 'first-touch', 'conversions'), published.first_touch, 1e-9);
    expectClose(by(rows, 'last-touch', 'conversions'), published.last_touch, 1e-9);
    expectClose(by(rows, 'linear', 'conversions'), published.linear, 1e-9);
    expectClose(by(rows, 'position-40-20-40', 'conversions'), published.position_40_40, 1e-9);
    const one = async (name: string, model: string, ...lines: [string, number][]): Promise<Record<string, number>> =>
      by(
        await rowsOf(
          asCsv(
            name,
            lines.map(([route, conversions]) => ({ path: route, conversions })),
          ),
          '--models',
          model,
        ),
        model,
        'conversions',
      );
    expectClose(await one('a.csv', 'linear', ['a > a > b', 6]), published['linear_repeated a > a > b (6)'], 1e-9);
    expectClose(await one('b.csv', 'shapley', ['a', 4], ['a > b', 6]), published['shapley {a:4, a > b:6}'], 1e-9);
    expectClose(await one('c.csv', 'shapley', ['a > b > c > d', 10]), published['shapley a > b > c > d (10)'], 1e-9);
  }, 60_000);

  it('mta: 30 and 70 on two touches, as a model of one’s own', async () => {
    const mapping = file('weights.json', '{ "models": { "30-70": { "milestones": { "ft": 30, "cw": 70 } } } }');
    const paths = asCsv('thirty.csv', [{ path: 'x > y', conversions: 10 }]);
    const rows = await rowsOf(paths, '--models', '30-70', '--mapping', mapping);
    expectClose(by(rows, '30-70', 'conversions'), oracles.mta_tests.published['position 30/70 on x > y (10)'], 1e-9);
  });

  it('pychattr: Markov, within the noise of its simulation', async () => {
    const { paths, published, recomputed_exact } = oracles.pychattr_readme;
    const csv = asCsv(
      'pychattr.csv',
      paths.map((route: string) => ({ path: route, conversions: 1 })),
    );
    const rows = await rowsOf(csv, '--models', 'markov-1');
    expectClose(by(rows, 'markov-1', 'removalEffect'), recomputed_exact.removal_effects, 1e-9);
    expectClose(by(rows, 'markov-1', 'conversions'), recomputed_exact.allocation, 1e-9);
    expectClose(by(rows, 'markov-1', 'conversions'), { A: published.A, B: published.B }, 0.02);
  });

  it('the mailing example: removal effects 0.75 and 0.5', async () => {
    const { recomputed } = oracles.google_mailing;
    // Ten starts at google ads for each transition of the picture, so that its probabilities come out.
    const csv = asCsv('mailing.csv', [
      { path: 'google ads', conversions: 8, null: 4 },
      { path: 'google ads > mailing', conversions: 4 },
      { path: 'mailing', conversions: 4 },
    ]);
    const rows = await rowsOf(csv, '--models', 'markov-1');
    expectClose(by(rows, 'markov-1', 'removalEffect'), recomputed.removal_effects, 1e-9);
    const credit = by(rows, 'markov-1', 'conversions');
    expectClose(
      { ...credit, 'google ads': credit['google ads']! / 4, mailing: credit['mailing']! / 4 },
      recomputed.allocation_of_4,
      1e-9,
    );
  });

  it('DP6: every rule model sums to 27', async () => {
    const { paths, value_each, recomputed } = oracles.dp6_test_mam;
    const csv = asCsv(
      'dp6.csv',
      paths.map((route: string) => ({ path: route, conversions: value_each })),
    );
    const rows = await rowsOf(
      csv,
      ...['--models', 'first-touch,last-touch,last-non-direct,linear,position-40-20-40', '--direct', 'A'],
    );
    expectClose(by(rows, 'first-touch', 'conversions'), recomputed.first, 1e-9);
    expectClose(by(rows, 'last-touch', 'conversions'), recomputed.last, 1e-9);
    expectClose(by(rows, 'linear', 'conversions'), recomputed.linear, 1e-9);
    expectClose(by(rows, 'position-40-20-40', 'conversions'), recomputed.position, 1e-9);
    // Only the path that is A alone leaves A its 3.
    expectClose(by(rows, 'last-non-direct', 'conversions'), { A: 3, B: 12, C: 12 }, 1e-9);
  });
});

describe('concord attribute on touches and conversions', () => {
  const touches = file(
    'touches.csv',
    'person,at,channel,campaign',
    'ann,2026-01-01T09:00:00Z,search,brand',
    'ann,2026-02-20T09:00:00Z,email,spring',
    'ann,2026-03-01T09:00:00Z,direct,',
    'ann,2026-03-05T09:00:00Z,social,spring',
    'bob,2026-03-01,search,brand',
    'cyd,2026-03-02T09:00:00Z,email,spring',
  );
  const conversions = file(
    'conversions.csv',
    'person,at,value',
    'ann,2026-03-02T10:00:00Z,100.00',
    'ann,2026-03-02T10:00:00Z,50.00',
    'bob,2026-03-01,30',
    'dan,2026-03-03T10:00:00Z,7',
  );
  const spend = file(
    'spend.csv',
    'date,channel,amount',
    '2026-02-01,search,15',
    '2026-02-02,search,5',
    '2026-02-01,fair,40',
  );
  const files = ['--touches', touches, '--conversions', conversions];

  it('credits each conversion once, inside the window only, and loses nothing', async () => {
    const rows = await rowsOf(...files, '--window', '30d', '--models', 'first-touch,last-touch,last-non-direct,linear');
    expectClose(by(rows, 'first-touch', 'conversions'), { email: 2, search: 1, '(unattributed)': 1 }, 1e-9);
    expectClose(by(rows, 'last-touch', 'value'), { direct: 150, search: 30, '(unattributed)': 7 }, 1e-9);
    expectClose(by(rows, 'last-non-direct', 'value'), { email: 150, search: 30, '(unattributed)': 7 }, 1e-9);
    expectClose(by(rows, 'linear', 'value'), { email: 75, direct: 75, search: 30, '(unattributed)': 7 }, 1e-9);
  });

  it('answers the same for rows in another order', async () => {
    const shuffled = ['touches', 'conversions'].map((name) => {
      const [head = '', ...lines] = readFileSync(path.join(folder.path, `${name}.csv`), 'utf8')
        .trim()
        .split('\n');
      return file(`${name}-reversed.csv`, head, ...lines.reverse());
    });
    const models = ['--models', 'linear,time-decay-7d,markov-1,shapley'];
    expect(await rowsOf('--touches', shuffled[0]!, '--conversions', shuffled[1]!, ...models)).toEqual(
      await rowsOf(...files, ...models),
    );
  });

  it('gives the credit of excluded channels to the others', async () => {
    const rows = await rowsOf(...files, '--exclude', 'direct', '--models', 'last-touch');
    expectClose(by(rows, 'last-touch', 'value'), { email: 150, search: 30, '(unattributed)': 7 }, 1e-9);
  });

  it('credits campaigns', async () => {
    const rows = await rowsOf(...files, '--by', 'campaign', '--models', 'last-touch');
    expectClose(
      by(rows, 'last-touch', 'value', 'campaign'),
      { '(no campaign)': 150, brand: 30, '(unattributed)': 7 },
      1e-9,
    );
  });

  it('sets return beside spend, also of spend without result', async () => {
    const rows = await rowsOf(...files, '--spend', spend, '--models', 'first-touch');
    const [search, fair, email] = ['search', 'fair', 'email'].map((name) =>
      rows.find((row) => row['channel'] === name),
    );
    expect(search).toEqual({
      channel: 'search',
      spend: 20,
      'first-touch': { conversions: 3, value: 180, roas: 9, romi: 8, cpa: 6.66666666667 },
    });
    expect(fair).toEqual({
      channel: 'fair',
      spend: 40,
      'first-touch': { conversions: 0, value: 0, roas: 0, romi: -1, cpa: null },
    });
    expect(email!['first-touch']).toEqual({ conversions: 0, value: 0, roas: null, romi: null, cpa: null });
  });

  it('weighs milestones where a file names their moments', async () => {
    const won = file('milestones.csv', 'who;when;worth;created', 'ann;02.03.2026 10:00;100;20.02.2026 09:00');
    const mapping = file(
      'mapping.json',
      '{ "conversions": { "person": "who", "at": "when", "value": "worth", "leadCreated": "created" } }',
    );
    const args = [
      '--touches',
      touches,
      '--conversions',
      won,
      '--mapping',
      mapping,
      '--date-layout',
      'DD.MM.YYYY HH:mm',
    ];
    const rows = await rowsOf(...args, '--models', 'u-ft-lc-40-40-20');
    expectClose(by(rows, 'u-ft-lc-40-40-20', 'value'), { search: 40, email: 40, direct: 20 }, 1e-9);
    const { code, stderr } = await concord(['attribute', ...args, '--models', 'w-30-30-30-10']);
    expect(code).toBe(2);
    expect(stderr).toContain('--opportunity');
  });
});

describe('concord attribute on files of other shapes', () => {
  it('finds the delimiter, whatever separates the path', async () => {
    const german = file(
      'german.csv',
      '\ufeffpath;total_conversions;total_conversion_value',
      '"a, x > b";2;"1.234,50"',
      'b;1;7,5',
    );
    const rows = await rowsOf(german, '--decimal', ',', '--models', 'linear');
    expectClose(by(rows, 'linear', 'value'), { 'a, x': 617.25, b: 624.75 }, 1e-9);
    const tabs = file('tabs.csv', 'route\tn', 'a->b\t2', 'c -> a\t1');
    const args = ['--path', 'route', '--conversions', 'n', '--separator', '->', '--models', 'first-touch'];
    expectClose(by(await rowsOf(tabs, ...args), 'first-touch', 'conversions'), { a: 2, c: 1 }, 1e-9);
  });

  it('rewrites paths before it credits them', async () => {
    const paths = file('transforms.csv', 'path,total_conversions', 'a > a > b > direct,6');
    const credit = async (transform: string): Promise<Record<string, number>> =>
      by(await rowsOf(paths, '--transform', transform, '--models', 'linear'), 'linear', 'conversions');
    expectClose(await credit('unique'), { a: 3, b: 1.5, direct: 1.5 }, 1e-9);
    expectClose(await credit('exposure,remove-if-last-and-not-all:direct'), { a: 3, b: 3 }, 1e-9);
    expectClose(await credit('trim:2'), { b: 3, direct: 3 }, 1e-9);
  });
});

describe('concord attribute on files that are not as they should be', () => {
  const paths = file(
    'bad.csv',
    'path|total_conversions|total_conversion_value',
    'a > b|2|10',
    'a > > b|1|1',
    'b|many|1',
    'b|-1|1',
    '|1|1',
    'b|1',
    ' b >a |1|5.5',
  );

  it('names each bad row, answers from the others and ends with 3', async () => {
    const { code, stdout, stderr } = await concord(['attribute', paths, '--models', 'last-touch', '--format', 'csv']);
    expect(code).toBe(3);
    expect(stdout).toBe('channel,last-touch.conversions,last-touch.value\nb,2,10\na,1,5.5\n');
    expect(stderr.split('\n').slice(0, 6)).toEqual([
      'bad.csv, row 3, column path: "a > > b" has an empty step',
      'bad.csv, row 4, column total_conversions: "many" is not a number with the decimal mark "."',
      'bad.csv, row 5, column total_conversions: -1 is below 0',
      'bad.csv, row 6, column path: it is empty',
      'bad.csv, row 7: it has 2 cells, the header has 3',
      'concord: 5 rows were left out',
    ]);
  });

  it('names a value without a conversion, and days that are none', async () => {
    const value = await concord([
      'attribute',
      file('value.csv', 'path,total_conversions,total_conversion_value', 'a,0,5'),
    ]);
    expect(value.code).toBe(3);
    expect(value.stderr).toContain('value.csv, row 2, column total_conversion_value: 5 without a conversion');
    const touches = file('days.csv', 'person,at,channel', 'ann,2026-02-30,a', ',2026-01-01,a', 'ann,2026-01-01,a');
    const conversions = file('buys.csv', 'person,at', 'ann,soon', 'ann,2026-01-01');
    const { code, stderr, stdout } = await concord([
      ...['attribute', '--touches', touches, '--conversions', conversions],
      ...['--models', 'linear', '--format', 'csv'],
    ]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: 'channel,linear.conversions\na,1\n' });
    expect(stderr).toContain('days.csv, row 2, column at');
    expect(stderr).toContain('days.csv, row 3, column person: it is empty');
    expect(stderr).toContain('buys.csv, row 2, column at');
  });

  it('writes them to a file that is named', async () => {
    const rejects = path.join(folder.path, 'rejects.csv');
    const { code, stderr } = await concord(['attribute', paths, '--models', 'last-touch', '--rejects', rejects]);
    expect(code).toBe(3);
    expect(stderr).toContain('5 rows were left out');
    expect(readFileSync(rejects, 'utf8').trim().split('\n')).toHaveLength(6);
  });

  it.each([
    ['no file', []],
    ['both ways at once', [paths, '--touches', paths]],
    ['an unknown model', [paths, '--models', 'u-shaped']],
    ['an unknown transform', [paths, '--transform', 'shuffle']],
    ['a column that is not there', [paths, '--conversions', 'sales']],
    ['an option that would do nothing', [paths, '--window', '30d']],
    ['an unknown option', [paths, '--modles', 'linear']],
  ])('refuses %s with 2', async (_, args) => {
    const { code, stdout, stderr } = await concord(['attribute', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^concord: .+/);
  });
});
