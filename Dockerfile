# Two stages: what builds stays behind. The image runs as a user and needs to write /data only.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=optional
COPY tsconfig.json tsconfig.build.json ./
COPY src src
RUN npm run build && npm prune --omit=dev --omit=optional

FROM node:24-slim
# Two arenas: with one for every thread, the allocator would keep what nobody uses any more.
ENV MALLOC_ARENA_MAX=2 NODE_ENV=production DATABASE_URL=/data/signpost.sqlite HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json app.yml LICENSE ./
COPY signatures signatures
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# As `npm start`: V8 would let a heap of 100 MB grow to 400 before it looks for garbage, and have four threads look for it.
ENTRYPOINT ["node", "--heap-growing-percent=20", "--max-semi-space-size=8", "--v8-pool-size=1", "dist/cli/run.mjs"]
CMD ["serve"]
