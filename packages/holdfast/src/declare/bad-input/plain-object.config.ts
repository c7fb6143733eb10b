// expect: 1:1 | is an object, not a configuration | exports by default | export default defineConfig
export default { local: {} };
