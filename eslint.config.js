import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: ['**/dist/', '**/node_modules/', '.nx/', 'packages/*/assembly/', 'packages/*/src/kernels/wasm-binary.ts'],
  },
  eslint.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['tools/**'], rules: { 'no-console': 'off' } },
  { files: ['apps/plateau/bin/**'], languageOptions: { globals: { process: 'readonly' } } },
);
