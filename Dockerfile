# docker build -t loadpath . && docker run --rm -v "$PWD:/data" loadpath check

FROM node:24-slim AS build
WORKDIR /source
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/build.ts \
 && npm pack --ignore-scripts --pack-destination /tmp \
 && npm install --global --prefix /opt/loadpath --ignore-scripts --no-audit --no-fund /tmp/loadpath-*.tgz

FROM node:24-slim
COPY --from=build /opt/loadpath /opt/loadpath
ENV PATH="/opt/loadpath/bin:$PATH"
USER node
WORKDIR /data
ENTRYPOINT ["loadpath"]
CMD ["check"]
