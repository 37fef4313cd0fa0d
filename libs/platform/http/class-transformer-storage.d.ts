/** Where class-transformer keeps what @Type says; the package types it under another path than it can be imported from. */
declare module 'class-transformer/cjs/storage.js' {
  import type { TypeMetadata } from 'class-transformer';
  export const defaultMetadataStorage: {
    findTypeMetadata(target: abstract new () => object, propertyName: string): TypeMetadata | undefined;
  };
}
