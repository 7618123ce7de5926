# One image for the API, the worker, the standalone and the command line for keys; the command says which.
FROM node:24-slim AS dependencies
WORKDIR /holdfast
RUN npm install --global pnpm@12
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps apps
COPY packages packages
COPY loadtests/package.json loadtests/package.json
RUN pnpm install --frozen-lockfile --prod \
  --filter-prod @holdfast/api... --filter-prod @holdfast/worker... --filter-prod @holdfast/standalone... \
  --filter-prod @holdfast/keys...

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /holdfast
COPY --from=dependencies --chown=node:node /holdfast ./
RUN mkdir .data && chown node:node .data
USER node
EXPOSE 3000
# Node runs the TypeScript sources as they are.
CMD ["node", "apps/standalone/src/main.ts"]
