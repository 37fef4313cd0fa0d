// Lets a child process run the sources as they are: node strips the types, this finds `./x.ts` where `./x.js` is imported.
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL !== undefined) {
      const source = new URL(`${specifier.slice(0, -3)}.ts`, context.parentURL);
      if (existsSync(source)) return { url: source.href, format: 'module-typescript', shortCircuit: true };
    }
    return next(specifier, context);
  },
});
