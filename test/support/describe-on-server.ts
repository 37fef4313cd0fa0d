/** True where a suite that cannot run is a failure: on CI, or where it was asked for. */
const required = (): boolean =>
  (process.env['CI'] ?? '') !== '' || (process.env['CONCORD_REQUIRE_SERVERS'] ?? '') !== '';

/**
 * A suite that needs a server. `missing` says why there is none, or null: then the suite is shown as skipped with that reason, or
 * fails with it where `CI` or `CONCORD_REQUIRE_SERVERS` is set.
 */
export function describeOnServer(title: string, missing: string | null, suite: () => void): void {
  if (missing === null) {
    describe(title, suite);
  } else if (required()) {
    describe(title, () => {
      it('has the server that it needs', () => {
        throw new Error(`cannot run: ${missing} (docs/testing.md)`);
      });
    });
  } else {
    // Said aloud, and a failure on CI.
    describe.skip(`${title} (skipped: ${missing})`, () => {
      it('needs a server', () => undefined);
    });
  }
}

/** Servers that the suites may be pointed at, by the variable that names them; otherwise the tests start their own. */
export type ServerVariable = 'CONCORD_TEST_MONGODB' | 'CONCORD_TEST_ESDB' | 'CONCORD_TEST_KAFKA';

export function namedServer(variable: ServerVariable): string | null {
  const named = process.env[variable] ?? '';
  return named === '' ? null : named;
}
