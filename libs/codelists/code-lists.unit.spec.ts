import { contextOf, SYSTEM } from '#leads/testing/leads-deps.js';
import { ledgerInMemory } from '#leads/testing/ledger-in-memory.js';
import { codeListNameOf, createCodeLists, readCodeList } from './code-lists.js';
import { DefineCodeListCommand } from './write/define-code-list/define-code-list.command.js';
import { DefineCodeListHandler } from './write/define-code-list/define-code-list.handler.js';

const nobody = { resolve: async (handle: string) => handle, teamAt: async () => null, roleAt: async () => null };
const codes = (...names: readonly string[]) => names.map((code) => ({ code, text: code, retired: false }));

describe('The code lists of a ledger', () => {
  it('are those that Concord brings along, until somebody defines others', async () => {
    const store = ledgerInMemory();
    let now = 0;
    const lists = createCodeLists(store, () => now);
    expect(await lists.listOf('needs')).toMatchObject({ version: 0, codes: [] });
    expect((await lists.listOf('close')).codes.map(({ code }) => code)).toContain('price');

    const handler = new DefineCodeListHandler(store, nobody);
    await handler.execute(new DefineCodeListCommand(contextOf(SYSTEM), 'needs', { codes: codes('reporting') }));
    now = 1_000;
    expect(await lists.listOf('needs')).toMatchObject({ version: 1, codes: codes('reporting') });

    await handler.execute(
      new DefineCodeListCommand(contextOf(SYSTEM), 'needs', { codes: codes('reporting', 'speed') }),
    );
    expect((await readCodeList(store, 'needs')).versions.map(({ version }) => version)).toEqual([0, 1, 2]);
    expect((await readCodeList(store, 'needs')).versions.at(-1)).toMatchObject({ definedBy: SYSTEM.id });
  });

  it('ask the ledger again after it was out of reach', async () => {
    const store = ledgerInMemory();
    let broken = true;
    const lists = createCodeLists({
      ...store,
      readStream: async (...asked) => {
        if (broken) throw new Error('out of reach');
        return store.readStream(...asked);
      },
    });
    await expect(lists.listOf('helped')).rejects.toThrow('out of reach');
    broken = false;
    expect(await lists.listOf('helped')).toMatchObject({ version: 0 });
  });

  it('are known by name', () => {
    expect(codeListNameOf('went-wrong')).toBe('went-wrong');
    expect(() => codeListNameOf('wentWrong')).toThrow(expect.objectContaining({ code: 'CODELIST.NOT_FOUND' }) as Error);
  });
});
