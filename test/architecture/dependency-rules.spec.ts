import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const cli = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

interface CruiseResult {
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
    readonly totalCruised: number;
  };
}

/** Runs the rules as they stand in the repository over some folders below `base`. */
function violations(
  base: string,
  folders: readonly string[],
): { cruised: number; found: { rule: string; from: string; to: string }[] } {
  const json = execFileSync(
    process.execPath,
    [
      cli,
      '--config',
      path.join(root, '.dependency-cruiser.cjs'),
      '--output-type',
      'json',
      ...folders.map((folder) => path.posix.join(base, folder)),
    ],
    { cwd: root, maxBuffer: 256 * 1024 * 1024, encoding: 'utf8' },
  );
  const { summary } = JSON.parse(json) as CruiseResult; // the tool's documented JSON report
  return {
    cruised: summary.totalCruised,
    found: summary.violations.map((violation) => ({
      rule: violation.rule.name,
      from: violation.from,
      to: violation.to,
    })),
  };
}

const ruleNames = [
  ...readFileSync(path.join(root, '.dependency-cruiser.cjs'), 'utf8').matchAll(/name: '([a-z-]+)'/g),
].map((match) => match[1]);

describe('The dependency rules', () => {
  it('hold in the code', () => {
    const { cruised, found } = violations('.', ['apps', 'libs']);
    expect(cruised).toBeGreaterThan(50);
    expect(found).toEqual([]);
  }, 120_000);

  it('bite: each of them is broken by the fixture', () => {
    const { found } = violations('test/architecture/fixtures', ['libs', 'apps']);
    expect(new Set(found.map((violation) => violation.rule))).toEqual(new Set(ruleNames));
  }, 120_000);
});
