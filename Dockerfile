# Concord's one image; the command chooses the process (serve, api, projector, relay) or any other `concord …`.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
COPY bin bin
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json tsconfig.app.json ./
COPY apps apps
COPY libs libs
RUN node_modules/.bin/tsc -p tsconfig.app.json
RUN npm prune --omit=dev --ignore-scripts

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production CONCORD_DATA=/data
WORKDIR /concord
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/bin bin
COPY --from=build /build/dist dist
# The official image brings this user; a new volume takes the folder's owner over.
RUN install -d -o node -g node -m 0700 /data
USER node
VOLUME /data
EXPOSE 3000 3001 3002
ENTRYPOINT ["node", "bin/concord.mjs"]
CMD ["serve"]
