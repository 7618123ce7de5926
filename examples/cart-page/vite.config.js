// The page calls its own origin, and Vite passes that on to the shop.
export default { server: { proxy: { "/v1": "http://127.0.0.1:3000" } } };
