import { ConfigError, readConfig } from './config.js';

describe('The configuration', () => {
  it('has a value for everything that is unset or empty', () => {
    expect(readConfig({ CONCORD_PORT: '' }, '/home/ada')).toEqual({
      auth: 'off',
      dataFolder: '/home/ada/data',
      ledgerAddress: undefined,
      readStoreAddress: undefined,
      keysAddress: undefined,
      host: '127.0.0.1',
      port: 3000,
      timeZone: undefined,
      currency: undefined,
      fiscalYearStart: undefined,
      identityKey: undefined,
      lanes: undefined,
      topic: { brokers: undefined, name: 'concord.events', partitions: 12, replicas: 3 },
      startWaitSeconds: 60,
      logLevel: 'info',
    });
  });

  it('takes what the environment says', () => {
    const config = readConfig({
      CONCORD_DATA: '/srv/ledger',
      CONCORD_HOST: '::1',
      CONCORD_PORT: '0',
      CONCORD_TIME_ZONE: 'America/Sao_Paulo',
      CONCORD_CURRENCY: 'BRL',
      CONCORD_FISCAL_YEAR_START: '04-01',
      CONCORD_LOG_LEVEL: 'warn',
    });
    expect(config).toMatchObject({
      dataFolder: '/srv/ledger',
      host: '::1',
      port: 0,
      timeZone: 'America/Sao_Paulo',
      currency: 'BRL',
      fiscalYearStart: '04-01',
      logLevel: 'warn',
    });
  });

  it.each([
    ['CONCORD_PORT', '65536'],
    ['CONCORD_PORT', '3000x'],
    ['CONCORD_PORT', '-1'],
    ['CONCORD_HOST', '0.0.0.0'],
    ['CONCORD_HOST', '192.168.1.2'],
    ['CONCORD_HOST', '127.0.0.1.example.com'],
    ['CONCORD_TIME_ZONE', 'Mars/Olympus'],
    ['CONCORD_CURRENCY', 'EURO'],
    ['CONCORD_CURRENCY', 'eur'],
    ['CONCORD_FISCAL_YEAR_START', '02-29'],
    ['CONCORD_FISCAL_YEAR_START', '13-01'],
    ['CONCORD_FISCAL_YEAR_START', '4-1'],
    ['CONCORD_LOG_LEVEL', 'loud'],
    ['CONCORD_LEDGER', 'postgres://x'],
    ['CONCORD_LEDGER', 'esdb://'],
    ['CONCORD_LEDGER', 'esdb://host:0'],
    ['CONCORD_LEDGER', 'SQLITE'],
    ['CONCORD_READ_STORE', 'mongodb://x'],
    ['CONCORD_READ_STORE', 'mongodb://x/a.b'],
    ['CONCORD_READ_STORE', 'esdb://x'],
    ['CONCORD_KEYS', 'mongodb://x'],
    ['CONCORD_KAFKA_BROKERS', 'kafka'],
    ['CONCORD_KAFKA_BROKERS', 'kafka:9092,'],
    ['CONCORD_TOPIC', 'a topic'],
    ['CONCORD_TOPIC', '..'],
    ['CONCORD_TOPIC_PARTITIONS', '0'],
    ['CONCORD_TOPIC_REPLICAS', 'all'],
    ['CONCORD_LANES', '65'],
    ['CONCORD_AUTH', 'password'],
    ['CONCORD_START_WAIT', '1m'],
  ])('refuses %s=%s on one line that names it, what it got and what it takes', (name, value) => {
    const error = thrownBy(() => readConfig({ [name]: value }));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toMatch(new RegExp(`^${name} is ".*"; it takes .+$`));
    expect(error.message).toContain(JSON.stringify(value));
  });

  it('says why only loopback is taken', () => {
    expect(thrownBy(() => readConfig({ CONCORD_HOST: '0.0.0.0' })).message).toContain('there is no sign-in');
  });

  it('lets others reach it once only keys come in', () => {
    expect(readConfig({})).toMatchObject({ auth: 'off', host: '127.0.0.1' });
    expect(readConfig({ CONCORD_AUTH: 'keys', CONCORD_HOST: '0.0.0.0' })).toMatchObject({
      auth: 'keys',
      host: '0.0.0.0',
    });
    expect(thrownBy(() => readConfig({ CONCORD_HOST: '0.0.0.0' })).message).toContain('CONCORD_AUTH=keys');
  });

  it('takes the addresses of servers', () => {
    expect(
      readConfig({
        CONCORD_LEDGER: 'esdb+discover://admin:secret@a:2113,b:2113,c:2113?tls=true',
        CONCORD_READ_STORE: 'mongodb://a:27017,b:27017/concord?replicaSet=rs0',
        CONCORD_KEYS: 'mongodb+srv://keeper:secret@keys.example.com/keys',
        CONCORD_KAFKA_BROKERS: 'a:9092, [::1]:9092',
        CONCORD_LANES: '4',
      }),
    ).toMatchObject({
      ledgerAddress: 'esdb+discover://admin:secret@a:2113,b:2113,c:2113?tls=true',
      readStoreAddress: 'mongodb://a:27017,b:27017/concord?replicaSet=rs0',
      keysAddress: 'mongodb+srv://keeper:secret@keys.example.com/keys',
      topic: { brokers: ['a:9092', '[::1]:9092'] },
      lanes: 4,
    });
  });

  it('lets others reach a process that serves only health and metrics, on a port of its own', () => {
    const use = { port: 3_001, operationsOnly: true };
    expect(readConfig({ CONCORD_HOST: '0.0.0.0' }, '/', use)).toMatchObject({ host: '0.0.0.0', port: 3_001 });
    expect(thrownBy(() => readConfig({ CONCORD_HOST: 'everywhere' }, '/', use)).message).toContain('CONCORD_HOST');
  });

  it('never shows who connects', () => {
    const error = thrownBy(() => readConfig({ CONCORD_READ_STORE: 'mongodb://ada:hunter2@host?password=hunter2' }));
    expect(error.message).toContain('"mongodb://host"');
    expect(error.message).not.toContain('hunter2');
  });

  it('never shows a secret, not even a wrong one', () => {
    const error = thrownBy(() => readConfig({ CONCORD_IDENTITY_KEY: 'hunter2' }));
    expect(error.message).toContain('a text of 7 characters');
    expect(error.message).not.toContain('hunter2');
  });
});

function thrownBy(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}
