/** Where evidence is kept, as the configuration says it. */
export type StoreSettings =
  | { readonly kind: 'folder'; readonly directory: string }
  | { readonly kind: 'postgres'; readonly dsn: string }
  | {
      readonly kind: 's3';
      /** `https://s3.example.com:9000`. */
      readonly endpoint: string;
      readonly region: string;
      readonly bucket: string;
      /** Ends in a slash, or is empty. */
      readonly prefix: string;
      readonly accessKeyId: string | undefined;
      /** File with the secret access key; the environment has AWS_SECRET_ACCESS_KEY otherwise. */
      readonly secretKeyFile: string | undefined;
      readonly caFile: string | undefined;
    };
