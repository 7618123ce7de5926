# One image for the API, the worker, the standalone, and the command lines for keys, backups and migrations; the command says which.
FROM node:24-slim AS dependencies
WORKDIR /holdfast
RUN npm install --global pnpm@12
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml .pnpmfile.mjs tsconfig.base.json ./
COPY apps apps
COPY packages packages
COPY loadtests/package.json loadtests/package.json
# The command line stands on every other app.
RUN pnpm install --frozen-lockfile --prod --filter-prod holdfast...

FROM node:24-slim
# A container is reached from outside, or not at all. The API wants a key then: set API_KEYS, or make one beforehand.
ENV NODE_ENV=production HOST=0.0.0.0 HEALTH_HOST=0.0.0.0 HEALTH_PORT=3000
WORKDIR /holdfast
COPY --from=dependencies --chown=node:node /holdfast ./
RUN mkdir .data && chown node:node .data
# The user `node`, as a number: Kubernetes asks for one before it believes that it is not root.
USER 1000:1000
# The standalone's database. Without a volume of your own it goes with the container.
VOLUME /holdfast/.data
EXPOSE 3000
# The API and the standalone answer on PORT, the worker on HEALTH_PORT.
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 CMD ["node", "-e", "const { HEALTH_PORT, PORT = HEALTH_PORT } = process.env; const ready = (port) => fetch(`http://127.0.0.1:${port}/readyz`).then((answer) => answer.ok, () => false); Promise.all([ready(PORT), ready(HEALTH_PORT)]).then((all) => process.exit(all.includes(true) ? 0 : 1))"]
# Node runs the TypeScript sources as they are. It stops within 16 s of SIGTERM: give it more (docker run --stop-timeout 30).
CMD ["node", "apps/standalone/src/start.js"]
